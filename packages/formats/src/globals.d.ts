// What Node and browsers have in common and this package uses; it is compiled without the types of either.

interface TextDecoderOptions {
  readonly fatal?: boolean;
  readonly ignoreBOM?: boolean;
}

declare class TextDecoder {
  constructor(label?: string, options?: TextDecoderOptions);
  readonly encoding: string;
  decode(bytes?: Uint8Array): string;
}

declare function atob(text: string): string;
