/** What an officer may hear of her text before anybody else does: the same speech and the same rules as for residents. */
import type { SpokenWords } from './api/parts.ts';
import type { Core } from './core.ts';
import { DEFAULT_PACE } from './reply.ts';

/** @returns previews over this installation's speech */
export function createSpokenWords({ speech }: Pick<Core, 'speech'>): SpokenWords {
  const voice = { locale: 'zh-CN', pace: DEFAULT_PACE } as const;
  return {
    sentence: (say) => (speech.has('zh-CN', say.phrase) ? speech.render([say], voice, 'plain').text : ''),
  };
}
