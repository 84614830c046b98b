import { beforeAll, describe, expect, it } from 'vitest';
import { createCarrier } from '../../src/connectors/carrier.ts';
import { type CarrierStandIn, startCarrier } from '../../src/connectors/stand-ins/carrier.ts';
import { atEnd } from '../support/stores.ts';

let server: CarrierStandIn;
beforeAll(async () => {
  server = await startCarrier({ key: 'ours' });
  atEnd(() => server.close());
});

describe('a two-way call', () => {
  it('is asked for once per key, however often', async () => {
    const carrier = createCarrier({ url: server.url, key: 'ours' });
    const call = { key: 'callback-1-try-0', from: '02200000001', to: '13920001234' };
    const [one, two] = [await carrier.connect(call), await carrier.connect(call)];
    expect(one).toBe(two);
    expect(server.joined()).toMatchObject([call]);
  });

  it('that is refused, or lost on the way, is no call', async () => {
    const call = { key: 'another', from: '02200000001', to: '13920001234' };
    expect(await createCarrier({ url: server.url, key: 'wrong' }).connect(call)).toBeUndefined();
    server.next('lost');
    expect(await createCarrier({ url: server.url, key: 'ours' }).connect(call)).toBeUndefined();
    expect(await createCarrier({ url: server.url, key: 'ours' }).connect(call)).toEqual(expect.any(String));
    expect(server.joined()).toHaveLength(2);
  });
});
