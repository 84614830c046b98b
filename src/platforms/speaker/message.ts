import type { RawData } from 'ws';

/** A message in one piece; ws hands a Buffer unless it is told otherwise. */
export function bytesOf(data: RawData): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.concat([data].flat().map((part) => Buffer.from(part as ArrayBuffer)));
}

/** The same as text; what is no UTF-8 becomes replacement characters and is refused as a bad frame later. */
export function textOf(data: RawData): string {
  return bytesOf(data).toString('utf8');
}

/** In bytes. */
export function sizeOf(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength;
}
