/** The WebRTC voice detector as WebAssembly; the package brings no types. */
declare module '@echogarden/fvad-wasm' {
  export interface Fvad {
    HEAP16: Int16Array;
    _fvad_new(): number;
    _fvad_free(detector: number): void;
    _fvad_reset(detector: number): void;
    _fvad_set_mode(detector: number, mode: number): number;
    _fvad_set_sample_rate(detector: number, rate: number): number;
    _fvad_process(detector: number, samples: number, length: number): number;
    _malloc(bytes: number): number;
    _free(at: number): void;
  }
  export default function fvad(): Promise<Fvad>;
}
