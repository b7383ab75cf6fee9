/** What serve and demo share: print the address, run until a signal, close in order. */
import type { Running } from '../server/index.ts';

/** Prints the address (and what else there is to say), waits for SIGINT or SIGTERM, then closes; a second signal ends at once. */
export async function untilStopped(running: Running, more = ''): Promise<void> {
  process.stdout.write(`Hudna هدنة ${running.url}\n${more}`);
  await new Promise<void>((done) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(130);
      stopping = true;
      done();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  await running.close();
}

export const portOf = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not ${text}`);
  return port;
};
