/**
 * Domain checks of the closed forms: each names the argument and the rule it broke.
 * Knows no formula.
 */

export function requireNotNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be at least 0 and finite, got ${value}`);
  }
}

export function requireServers(servers: number): void {
  if (!(Number.isSafeInteger(servers) && servers >= 1)) {
    throw new RangeError(`servers must be a whole number of at least 1, got ${servers}`);
  }
}

/** Checks a queue's load and returns its utilisation rate_per_s · service_mean_s / servers, below 1. */
export function stableUtilization(rate_per_s: number, service_mean_s: number, servers = 1): number {
  requireNotNegative('rate_per_s', rate_per_s);
  requirePositive('service_mean_s', service_mean_s);
  requireServers(servers);
  const utilization = (rate_per_s * service_mean_s) / servers;
  if (!(utilization < 1)) {
    throw new RangeError(
      `rate_per_s must be below servers / service_mean_s = ${servers / service_mean_s} ` +
        `for a queue that does not grow without end, got ${rate_per_s}`,
    );
  }
  return utilization;
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be positive and finite, got ${value}`);
  }
}
