/** What we use of it; the package has no types of its own. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: { format: string; clearOnComplete: boolean }, preset: object);
    start(total: number, value: number, payload: { label: string; whole: number; left: string }): void;
    update(value: number, payload: { whole: number; left: string }): void;
    stop(): void;
  }
  const library: { SingleBar: typeof SingleBar; Presets: { shades_classic: object } };
  export default library;
}
