/** Fast Fourier transforms of `size` values, a power of two. A complex number is its real and its imaginary part. */
declare module 'fft.js' {
  export default class FFT {
    readonly size: number;
    constructor(size: number);
    /** An array of `size` complex numbers. */
    createComplexArray(): number[];
    /** Fills the first half of `out`, and the number in its middle; the rest is theirs mirrored. */
    realTransform(out: number[], data: ArrayLike<number>): void;
    /** Fills in the rest. */
    completeSpectrum(spectrum: number[]): void;
    /** With the factor 1 / size. */
    inverseTransform(out: number[], spectrum: readonly number[]): void;
  }
}
