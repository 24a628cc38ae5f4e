import type { Platform } from './targets';

/** What a file is made for, as its own first bytes say. */
export type Binary = Platform | { readonly os: 'unknown'; readonly arch: string };

const elfMachines: Readonly<Record<number, Platform['arch']>> = { 40: 'arm', 62: 'x64', 183: 'arm64' };
const peMachines: Readonly<Record<number, Platform['arch']>> = { 0x8664: 'x64', 0xaa64: 'arm64' };
const machTypes: Readonly<Record<number, Platform['arch']>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' };

/** The platform of a library, by its header, or `null` for a file that is none. */
export function binaryOf(bytes: Buffer): Binary | null {
  if (bytes.length < 64) return null;
  if (bytes.readUInt32BE(0) === 0x7f454c46) return elf(bytes);
  if (bytes.readUInt16BE(0) === 0x4d5a) return portable(bytes);
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return known('darwin', machTypes, bytes.readUInt32LE(4));
  if (bytes.readUInt32BE(0) === 0xcafebabe) return { os: 'unknown', arch: 'several' };
  return null;
}

/** A platform in one word, for comparing and for people. */
export function platformName({ os, arch, ...more }: Binary): string {
  return [os, arch, ...('libc' in more ? [more.libc] : [])].join('-');
}

/** Whether a file can be loaded on a platform; one that asks for no C library can with either. */
export function isFor(binary: Binary, platform: Platform): boolean {
  if (binary.os !== platform.os || binary.arch !== platform.arch) return false;
  return binary.libc === undefined || binary.libc === platform.libc;
}

/** The C library is the one whose name is among the libraries that it asks for. */
function elf(bytes: Buffer): Binary {
  const platform = known('linux', elfMachines, bytes.readUInt16LE(18));
  const needs = (library: string) => bytes.includes(`\0${library}\0`);
  const libc = needs('libc.so.6') ? 'glibc' : needs('libc.so') || bytes.includes('\0libc.musl-') ? 'musl' : undefined;
  return libc === undefined || platform.os === 'unknown' ? platform : { ...platform, libc };
}

function portable(bytes: Buffer): Binary | null {
  const at = bytes.readUInt32LE(60);
  if (at + 6 > bytes.length || bytes.toString('latin1', at, at + 4) !== 'PE\0\0') return null;
  return known('win32', peMachines, bytes.readUInt16LE(at + 4));
}

function known(os: Platform['os'], machines: Readonly<Record<number, Platform['arch']>>, machine: number): Binary {
  const arch = machines[machine];
  return arch === undefined ? { os: 'unknown', arch: `${os} ${machine}` } : { os, arch };
}
