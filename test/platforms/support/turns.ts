import type { Reply, Turn, Utterance } from '../../../src/platforms/platform.ts';

export function reply(members: Partial<Reply> = {}): Reply {
  return {
    requestId: '',
    text: '您的老年优待证办好了。要约时间来取吗？',
    listen: true,
    end: false,
    pace: 190,
    errand: 'progress',
    phrase: 'progress.ready',
    asking: 'yesno',
    ...members,
  };
}

export const FALLBACK = reply({ text: '我这边没弄好，您别急。', phrase: 'conversation.failed', listen: false });

/** A turn that notes what it was given and answers what it is told to, each request id once. */
export function recordingTurn(answer: (said: Utterance) => Partial<Reply> = () => ({})) {
  const heard: Utterance[] = [];
  const stored = new Map<string, Reply>();
  const turn: Turn = async (said) => {
    const key = `${said.brand} ${said.device} ${said.requestId}`;
    const known = stored.get(key);
    if (known) return known;
    heard.push(said);
    const made = reply({ requestId: said.requestId, ...answer(said) });
    stored.set(key, made);
    return made;
  };
  return { turn, heard };
}
