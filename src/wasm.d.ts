/** A WebAssembly module as bytes; those of this folder are compiled from the file of the same name. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
