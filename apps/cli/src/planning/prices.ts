/**
 * Prices of GPUs for an hour, as options give them. Knows no cluster.
 */
import { gpus, nearest } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';

/** The name of a GPU that the scenario does not name. */
const ANY_GPU = 'gpu';

export interface Prices {
  /** Price of a server for an hour: null without prices. @throws UserError when that GPU's price is missing. */
  of(gpu: string | null, count: number): number | null;
}

/**
 * From `h100-sxm=2.5`, repeated or separated by commas; `gpu=2.5` for a scenario that does not say which GPU.
 *
 * @throws UserError for what is no price, and for a GPU that is not known.
 */
export function readPrices(texts: readonly string[]): Prices {
  const prices = new Map<string, number>();
  for (const text of texts.flatMap((list) => list.split(','))) {
    const [, name = '', amount = ''] = /^([^=]+)=(.+)$/.exec(text.trim()) ?? [];
    const price = Number(amount);
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) {
      throw new UserError(`--price ${text}: it takes GPU=PRICE for an hour, such as --price h100-sxm=2.5`);
    }
    if (name !== ANY_GPU && !gpus.has(name)) throw unknownGpu(name, text);
    prices.set(name, price);
  }
  return {
    of(gpu, count) {
      if (prices.size === 0) return null;
      const price =
        prices.get(gpu ?? ANY_GPU) ?? (gpu === null && prices.size === 1 ? only(prices) : undefined);
      if (price === undefined) throw missing(gpu);
      return price * count;
    },
  };
}

/** A scenario without GPU names has one sort of GPU: the only price is its. */
function only(prices: ReadonlyMap<string, number>): number | undefined {
  const [price] = prices.values();
  return price;
}

function unknownGpu(name: string, text: string): UserError {
  const known = [...gpus.keys()];
  const [likely] = nearest(name, known);
  const hint = likely === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${likely}?`;
  return new UserError(`--price ${text}: there is no GPU ${name} in the catalogue. ${hint}`);
}

function missing(gpu: string | null): UserError {
  const name = gpu ?? ANY_GPU;
  return new UserError(
    `The price of ${gpu ?? 'the GPUs of this scenario'} is missing. Add --price ${name}=2.5, or leave out --price to plan without.`,
  );
}
