import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLOSE, ERROR_CODES, PROTOCOL, readMessage } from '../../../src/platforms/speaker/protocol.ts';
import { ASKINGS, ERRANDS } from '../../../src/understanding/meaning.ts';

const prose = readFileSync('docs/speaker-protocol.md', 'utf8');
const described = parse(readFileSync('docs/speaker-protocol.asyncapi.yaml', 'utf8'));
const { messages } = described.components;
const words = { id: 'x', text: 'x', call: 'x', leg: 'x' };
const sampleOf = (type: string) => ({ ...words, state: type === 'call.leg' ? 'checking' : 'heard' });

it('describes every frame that the server takes, and takes every frame that it describes', () => {
  const inbound: string[] = described.operations.toServer.messages.map((one: { $ref: string }) =>
    one.$ref.split('/').at(-1),
  );
  for (const type of inbound.filter((name) => name !== 'hello' && name !== 'sound')) {
    const sample = sampleOf(type);
    expect(readMessage(JSON.stringify({ type, ...sample })).frame, type).toBeDefined();
    for (const needed of messages[type].payload.required.filter((name: string) => name !== 'type')) {
      const { [needed as 'id']: _left, ...rest } = sample;
      expect(readMessage(JSON.stringify({ type, ...rest })).frame, `${type} without ${needed}`).toBeUndefined();
    }
  }
  expect(Object.keys(messages).toSorted()).toEqual(Object.keys(described.channels.speaker.messages).toSorted());
});

it('knows the same words as the code, in both documents', () => {
  expect(described.info.version).toBe(PROTOCOL);
  expect(messages.error.payload.properties.code.enum).toEqual([...ERROR_CODES]);
  expect(messages.reply.payload.properties.asking.enum.toSorted()).toEqual([...ASKINGS].toSorted());
  expect(messages.reply.payload.properties.errand.enum).toEqual([...ERRANDS, null]);
  for (const word of [
    ...Object.keys(messages).filter((name) => name !== 'sound'),
    ...ERROR_CODES,
    ...ASKINGS,
    ...ERRANDS,
    ...Object.values(CLOSE).map(String),
  ]) {
    expect(prose, word).toContain(word);
  }
});
