/** The part of seedrandom that the engine uses; its published types cover the package root only. */
declare module 'seedrandom/lib/xor4096.js' {
  interface Xor4096 {
    (): number;
    /** 53 random bits, strictly between 0 and 1. */
    double(): number;
  }
  export default function xor4096(seed: string): Xor4096;
}
