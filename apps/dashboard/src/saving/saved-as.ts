/** What files are named after: the scenario or the result on show. Knows no file. */
import { createContext } from 'svelte';

/** `savedAs` reads the name of what is on show around a component, `nameSaved` gives it. */
export const [savedAs, nameSaved] = createContext<() => string>();
