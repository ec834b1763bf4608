/** Whether a key gives up what is under way. Knows not what that is. */

/** Escape does, unless it has closed something: whatever closes by it prevents the default or keeps the event. */
export function givesUp({ key, defaultPrevented, isComposing }: KeyboardEvent): boolean {
  return key === 'Escape' && !defaultPrevented && !isComposing;
}
