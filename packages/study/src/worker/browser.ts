import { type Port, serve } from '../serve.ts';

serve(globalThis as unknown as Port);
