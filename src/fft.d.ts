/** A fast Fourier transform of `size` values, a power of two. */
declare module 'fft.js' {
  export default class FFT {
    constructor(size: number);
    /** An array of `size` complex numbers, each as its real and its imaginary part. */
    createComplexArray(): number[];
    /** Fills the first half of `out`, and the number in its middle; the rest is theirs mirrored. */
    realTransform(out: number[], data: ArrayLike<number>): void;
  }
}
