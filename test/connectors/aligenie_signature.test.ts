import { describe, expect, it } from 'vitest';
import { sha256, signAcs3 } from '../../src/platforms/aligenie/acs3.ts';

/** The worked example in Alibaba Cloud's description of signature version 3. */
const EXAMPLE = {
  method: 'POST',
  path: '/',
  query: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
  headers: {
    host: 'ecs.cn-shanghai.aliyuncs.com',
    'x-acs-action': 'RunInstances',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': '2023-10-26T10:22:32Z',
    'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
    'x-acs-version': '2014-05-26',
  },
  body: '',
};
const KEY = { accessKey: 'YourAccessKeyId', secretKey: 'YourAccessKeySecret' };

describe('the signature of AliGenie’s interface', () => {
  it('is the one that the vendor works out in its own example', () => {
    expect(signAcs3(EXAMPLE, KEY)).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,' +
        'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
        'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('covers host, content type and every x-acs header, and no other', () => {
    const headers = { ...EXAMPLE.headers, 'content-type': 'application/json', accept: '*/*', authorization: 'x' };
    const [, names] = /SignedHeaders=([^,]+)/.exec(signAcs3({ ...EXAMPLE, headers }, KEY)) ?? [];
    expect(names?.split(';')).toEqual(['content-type', ...Object.keys(EXAMPLE.headers)].sort());
  });

  it.each([
    ['the body', { body: '{}' }],
    ['the path', { path: '/v1' }],
    ['the query', { query: '' }],
    ['a header', { headers: { ...EXAMPLE.headers, 'x-acs-date': '2023-10-26T10:22:33Z' } }],
  ])('changes with %s', (_, change) => {
    expect(signAcs3({ ...EXAMPLE, ...change }, KEY)).not.toBe(signAcs3(EXAMPLE, KEY));
  });
});
