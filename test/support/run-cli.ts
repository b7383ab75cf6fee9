/** Runs bin/hudna as a user would: a process of its own, real folders, real sockets. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { inRepository } from './needs.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const environmentOf = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...process.env,
  DATABASE_URL: '',
  HUDNA_LOG: 'error',
  ...more,
});

/** Runs a command to its end. */
export function runCli(
  args: readonly string[],
  options: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(inRepository('bin/hudna'), args, { env: environmentOf(options.env ?? {}), cwd: options.cwd });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
    child.stdin.end(options.input ?? '');
  });
}

export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has written to stdout and stderr so far. */
  said(): string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The environment in which libfaketime sets a process's wall clock apart. (The program faketime would stand in between.) */
function atClock(offset: string): NodeJS.ProcessEnv {
  const places = readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`);
  return {
    LD_PRELOAD: places.find(existsSync),
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
  };
}

/** Starts a serving command and waits until it prints its address. `clock` sets its clock apart (an offset as libfaketime takes it). */
export function startCli(args: readonly string[], clock?: string, more: NodeJS.ProcessEnv = {}): Promise<Started> {
  return new Promise((done, fail) => {
    const child = spawn(inRepository('bin/hudna'), args, {
      env: environmentOf({ ...(clock === undefined ? {} : atClock(clock)), ...more }),
    });
    const ended = new Promise<void>((over) => child.on('close', () => over()));
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const url = /http:\/\/\S+/.exec(text)?.[0];
      if (url) {
        done({
          child,
          url,
          said: () => text,
          async stop(signal = 'SIGTERM') {
            child.kill(signal);
            await ended;
          },
        });
      }
    });
    ended.then(() => fail(new Error(`ended before it served: ${text}`)));
  });
}
