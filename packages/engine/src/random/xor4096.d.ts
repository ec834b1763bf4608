/** The part of seedrandom that the engine and its tests use; its published types cover the package root only. */
declare module 'seedrandom/lib/xor4096.js' {
  interface Xor4096 {
    /** 53 random bits, strictly between 0 and 1. */
    double(): number;
    /** The generator as it is now: its words, the last one made, and the Weyl sequence; all are 32-bit integers. */
    state(): { readonly X: readonly number[]; readonly i: number; readonly w: number };
  }
  export default function xor4096(seed: string, options: { readonly state: true }): Xor4096;
}
