/**
 * A distribution of one's own: Pareto lengths, whose few giants hold most of the tokens.
 * `exp` and `ln` of the engine give the same bits on every machine.
 */
import { type Distribution, exp, ln } from '@llmsim/engine';

/** P(X > x) = (least / x)^shape for x ≥ least. */
export function pareto({ least, shape }: { readonly least: number; readonly shape: number }): Distribution {
  return (uniform) => () => least * exp(-ln(uniform()) / shape);
}
