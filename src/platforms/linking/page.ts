/** The two forms of the linking page: plain HTML, no script, readable in the web view of a brand's phone app. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Word =
  | 'title'
  | 'signInAbout'
  | 'username'
  | 'password'
  | 'code'
  | 'signIn'
  | 'homeAbout'
  | 'community'
  | 'building'
  | 'unit'
  | 'link'
  | 'failed'
  | 'codeMissing'
  | 'notOperator'
  | 'noHome'
  | 'expired'
  | 'badClient'
  | 'tooMany';

export interface LinkPages {
  signIn(ticket: string, problem?: Word): string;
  home(ticket: string, communities: string[], problem?: Word): string;
  /** Only a sentence: what went wrong and what to do. */
  stop(problem: Word): string;
}

const STYLE =
  'body{font:18px/1.6 system-ui,sans-serif;max-width:26em;margin:2em auto;padding:0 1em}' +
  'label{display:block;margin:1em 0}input,select,button{font:inherit;width:100%;padding:.5em;box-sizing:border-box}' +
  '.problem{color:#a30000;font-weight:600}';

/** Reads the words once. */
export function createLinkPages(): LinkPages {
  const file = new URL('words.zh-CN.yaml', import.meta.url);
  const words = parse(readFileSync(file, 'utf8')) as Record<Word, string>;
  const page = (content: string) =>
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${words.title}</title><style>${STYLE}</style></head><body><h1>${words.title}</h1>${content}</body></html>`;
  const told = (problem?: Word) => (problem ? `<p class="problem" role="alert">${words[problem]}</p>` : '');
  const field = (name: Word, attributes = '') =>
    `<label>${words[name]}<input name="${name}" maxlength="200" autocomplete="off" ${attributes}></label>`;
  const form = (action: string, ticket: string, fields: string, button: Word) =>
    `<form method="post" action="${action}"><input type="hidden" name="ticket" value="${escaped(ticket)}">` +
    `${fields}<button>${words[button]}</button></form>`;
  return {
    signIn: (ticket, problem) => {
      const fields = [field('username', 'required'), field('password', 'type="password" required'), field('code')];
      const asked = form('/oauth/authorize', ticket, fields.join(''), 'signIn');
      return page(`<p>${words.signInAbout}</p>${told(problem)}${asked}`);
    },
    home: (ticket, communities, problem) => {
      const options = communities.map((name) => `<option>${escaped(name)}</option>`).join('');
      const community = `<label>${words.community}<select name="community">${options}</select></label>`;
      const fields = [community, field('building', 'required'), field('unit', 'required')].join('');
      return page(`<p>${words.homeAbout}</p>${told(problem)}${form('/oauth/authorize/home', ticket, fields, 'link')}`);
    },
    stop: (problem) => page(told(problem)),
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
