/**
 * Erlang's two formulas for Poisson arrivals at identical servers.
 * Knows no seconds: the offered load is arrival rate × mean service time, in erlangs.
 */
import { requireNotNegative, requireServers } from './domain.ts';

/**
 * Erlang B: the probability that an arrival finds all servers busy when nobody may wait.
 *
 * By the recursion B(0) = 1, B(k) = aB(k − 1) / (k + aB(k − 1)), which never leaves [0, 1], so that no factorial
 * overflows; its cost is linear in `servers`. A. K. Erlang, "Solution of some problems in the theory of
 * probabilities of significance in automatic telephone exchanges" (1917).
 *
 * @param servers - whole number of at least 1
 * @param offered_load - erlangs, at least 0; may exceed `servers`
 * @throws RangeError when an argument leaves its domain.
 * @example
 * erlangB(2, 1); // 0.2
 */
export function erlangB(servers: number, offered_load: number): number {
  requireServers(servers);
  requireNotNegative('offered_load', offered_load);
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered_load * blocked) / (k + offered_load * blocked);
  return blocked;
}

/**
 * Erlang C: the probability that an arrival has to wait when everybody may.
 *
 * C = B / (1 − ρ(1 − B)) with B from Erlang B and ρ = offered_load / servers. R. B. Cooper, "Introduction to Queueing
 * Theory" (1981), chapter 3.
 *
 * @param servers - whole number of at least 1
 * @param offered_load - erlangs, at least 0 and below `servers`
 * @throws RangeError when an argument leaves its domain.
 * @example
 * erlangC(2, 1); // 0.333…
 */
export function erlangC(servers: number, offered_load: number): number {
  const blocked = erlangB(servers, offered_load);
  if (!(offered_load < servers)) {
    throw new RangeError(`offered_load must be below servers = ${servers}, got ${offered_load}`);
  }
  return blocked / (1 - (offered_load / servers) * (1 - blocked));
}
