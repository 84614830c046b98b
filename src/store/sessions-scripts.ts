/**
 * The two scripts of a turn and the two that end a lease or a conversation. All keys of one conversation carry its
 * tag, so that they lie in one hash slot: `{d:…}:conv` the conversation, `{d:…}:req:<id>` a stored reply,
 * `{d:…}:reqs` which replies there are.
 *
 * Only `begin` creates a conversation, and each beginning has a fence of its own, taken from the server's microseconds:
 * a turn that began before a wipe can neither find its conversation afterwards nor mistake a new one for it.
 */

/** conv, req · request, token, lease ms, least life ms → reply | busy | open, fence, version, machine, sealed */
export const BEGIN = `
local reply = redis.call('GET', KEYS[2])
if reply then return {'reply', reply} end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local h = redis.call('HMGET', KEYS[1], 'until', 'fence', 'version', 'machine', 'sealed')
if h[1] and tonumber(h[1]) > now then return {'busy'} end
local fence = string.format('%.0f', math.max(t[1] * 1000000 + t[2], (tonumber(h[2]) or 0) + 1))
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[3]), 'token', ARGV[2], 'fence', fence,
  'version', h[3] or '0')
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[4]) then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return {'open', fence, h[3] or '0', h[4] or '', h[5] or ''}
`;

/** conv, req, reqs · fence, version, machine, sealed state, life ms, request, sealed reply, reply life ms → stored, reply | gone | overtaken | done */
export const FINISH = `
local reply = redis.call('GET', KEYS[2])
if reply then return {'stored', reply} end
local h = redis.call('HMGET', KEYS[1], 'fence', 'version')
if not h[1] then return {'gone'} end
if h[1] ~= ARGV[1] or h[2] ~= ARGV[2] then return {'overtaken'} end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', ARGV[2] + 1), 'machine', ARGV[3], 'sealed', ARGV[4])
redis.call('HDEL', KEYS[1], 'until', 'token')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('SET', KEYS[2], ARGV[7], 'PX', ARGV[8])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZADD', KEYS[3], now, ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[8])
redis.call('PEXPIRE', KEYS[3], ARGV[8])
return {'done'}
`;

/** conv · token → 1 when the lease was this token's */
export const RELEASE = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'until', 'token')
return 1
`;

/** conv, reqs → the requests whose replies are left to delete */
export const DROP = `
local requests = redis.call('ZRANGE', KEYS[2], 0, -1)
redis.call('DEL', KEYS[1], KEYS[2])
return requests
`;
