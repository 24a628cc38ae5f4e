import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Whether this process may mount disks: root on Linux, as far as the system lets it. */
export function canMount(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  mkdirSync(folder, { recursive: true });
  const mounted = mount(folder, '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs');
  if (mounted) unmount(folder);
  return mounted;
}

/** @returns whether it worked */
export function mount(folder: string, ...how: readonly string[]): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', [...how, folder], { stdio: 'ignore' }).status === 0;
}

/** Takes a disk away, whoever uses it. */
export function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
}
