/**
 * The file system under the embedded database. PGlite as shipped never calls fsync, and loses acknowledged commits at a
 * power loss; here every fsync that Postgres asks for reaches the disk and is counted. Every opener of a data folder
 * must use this class: one that does not damages the folder silently.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitResult = Awaited<ReturnType<NodeFS['init']>>;
type InitOptions = Parameters<NodeFS['init']>[1];

interface OpenStream {
  readonly nfd?: number;
  readonly node: unknown;
}

interface HostFs {
  stream_ops: Record<string, unknown>;
  realPath(node: unknown): string;
}

interface Runtime {
  readonly NODEFS?: HostFs;
  readonly FS?: { readonly filesystems?: { readonly NODEFS?: HostFs } };
}

export class DurableNodeFs extends NodeFS {
  /** Number of fsync calls that reached the host since the start; the self-test reads it. */
  hostFsyncs = 0;

  override async init(pg: PGlite, options: InitOptions): Promise<InitResult> {
    const result = await super.init(pg, options);
    const steps = result.emscriptenOpts.preRun;
    if (!Array.isArray(steps)) throw new Error('the embedded engine changed: its file system has no start-up steps');
    (steps as ((runtime: Runtime) => void)[]).push((runtime) => this.#makeDurable(runtime));
    return result;
  }

  #makeDurable(runtime: Runtime): void {
    const host = runtime.FS?.filesystems?.NODEFS ?? runtime.NODEFS;
    if (!host) throw new Error('the embedded engine changed: its host file system is not where it was');
    host.stream_ops = {
      ...host.stream_ops,
      fsync: (stream: OpenStream): number => {
        // A directory has no descriptor of its own in the runtime.
        const descriptor = stream.nfd ?? openSync(host.realPath(stream.node), 'r');
        try {
          fsyncSync(descriptor);
        } finally {
          if (stream.nfd === undefined) closeSync(descriptor);
        }
        this.hostFsyncs += 1;
        return 0;
      },
    };
  }
}
