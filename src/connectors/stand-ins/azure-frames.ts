/** Messages of the speech service's socket: header lines, an empty line, a body; binary ones carry the length of their headers in front. */
export interface Message {
  path: string;
  requestId: string;
  headers: Record<string, string>;
  body: Buffer;
}

const BREAK = '\r\n';

/** Reads what the SDK sent. */
export function readMessage(data: Buffer, binary: boolean): Message {
  const headerEnd = binary ? 2 + data.readUInt16BE(0) : data.indexOf(BREAK + BREAK);
  const head = data.subarray(binary ? 2 : 0, headerEnd < 0 ? data.length : headerEnd).toString('utf8');
  const headers = Object.fromEntries(
    head.split(BREAK).flatMap((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
    }),
  );
  const body = headerEnd < 0 ? Buffer.alloc(0) : data.subarray(binary ? headerEnd : headerEnd + 4);
  return { path: (headers.path ?? '').toLowerCase(), requestId: headers['x-requestid'] ?? '', headers, body };
}

/** A text message with a JSON body. */
export function textMessage(path: string, requestId: string, body: object): string {
  const head = [`X-RequestId:${requestId}`, `Path:${path}`, 'Content-Type:application/json; charset=utf-8'];
  return head.join(BREAK) + BREAK + BREAK + JSON.stringify(body);
}

/** A binary message. */
export function binaryMessage(path: string, requestId: string, headers: Record<string, string>, body: Buffer): Buffer {
  const lines = [`X-RequestId:${requestId}`, `Path:${path}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}:${value}`);
  const head = Buffer.from(lines.join(BREAK) + BREAK, 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(head.length);
  return Buffer.concat([length, head, body]);
}
