/** A file system of its own for a fault: an ext4 image on a loop device, which can lose power or fill up. Needs root. */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// EXT4_IOC_SHUTDOWN with the flag "do not flush the journal": what was not synced is gone, as when the power fails.
const SHUTDOWN = [
  'import fcntl, os, struct, sys',
  'fd = os.open(sys.argv[1], os.O_RDONLY)',
  "fcntl.ioctl(fd, 0x8004587d, struct.pack('I', 2))",
].join('\n');

export class DiskImage {
  readonly mount: string;
  readonly #file: string;

  constructor(folder: string, megabytes: number) {
    this.#file = join(folder, 'disk.img');
    this.mount = join(folder, 'disk');
    mkdirSync(this.mount, { recursive: true });
    const descriptor = openSync(this.#file, 'w');
    ftruncateSync(descriptor, megabytes * 1_048_576);
    closeSync(descriptor);
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', this.#file]);
    this.attach();
  }

  attach(): void {
    execFileSync('mount', ['-o', 'loop', this.#file, this.mount]);
  }

  detach(): void {
    execFileSync('umount', [this.mount]);
  }

  /** Everything not yet on the disk is lost at once; the mount answers with errors until it is attached again. */
  losePower(): void {
    execFileSync('python3', ['-c', SHUTDOWN, this.mount]);
  }

  remove(): void {
    this.detach();
    rmSync(this.#file, { force: true });
  }
}
