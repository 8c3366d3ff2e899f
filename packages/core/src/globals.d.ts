// What Node and browsers have in common and this library uses; it is compiled without the types of either.

declare const performance: { now(): number };

interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

interface MessagePort {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(data: unknown): void;
  close(): void;
}

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
