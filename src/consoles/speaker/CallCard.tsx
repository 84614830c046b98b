import type { SpeakerOffer, SpeakerState } from '../../calls/wire.ts';
import './call.css';
import type { Call } from './useCall.ts';

/** A person on the line: who it is and how it stands in large type, and the one thing she may want to do. */
export function CallCard({ call }: { call: Call }) {
  const { shown } = call;
  if (!shown) return null;
  return shown.type === 'call.offer' ? <Incoming call={call} offer={shown} /> : <Going call={call} state={shown} />;
}

function Incoming({ call, offer }: { call: Call; offer: SpeakerOffer }) {
  return (
    <section className="line-card" data-state="offered" aria-label="有人找您">
      <p className="line-who">
        {offer.station} {offer.who}找您
      </p>
      <p className="line-words">
        {offer.topic ? `说${offer.topic}的事。` : ''}
        {offer.code ? `口令：${offer.code}。` : ''}接吗？
      </p>
      <div className="line-keys">
        <button type="button" className="speaker-key" data-strong onClick={call.answer}>
          接
        </button>
        <button type="button" className="speaker-key" data-soft onClick={call.end}>
          不接
        </button>
      </div>
    </section>
  );
}

function Going({ call, state }: { call: Call; state: SpeakerState }) {
  return (
    <section className="line-card" data-state={state.state} aria-label="跟工作人员的电话">
      <p className="line-who" role="status">
        {standing(state)}
      </p>
      {call.words ? <p className="line-words">{call.words}</p> : null}
      {call.fault ? (
        <p className="line-trouble" role="alert">
          {FAULTS[call.fault]}
        </p>
      ) : null}
      {state.captions ? <p className="line-note">说的话会打成字，只看，不存</p> : null}
      <div className="line-keys">
        <button type="button" className="speaker-key" data-end onClick={call.end}>
          {state.state === 'queued' || state.state === 'offered' ? '不等了' : '挂断'}
        </button>
      </div>
    </section>
  );
}

const FAULTS = {
  unheard: '那边听不见您。您看看话筒，再说一遍。',
  deaf: '听不见那边。正在重新接，您别挂。',
} as const;

function standing({ state, who, station, position, lost }: SpeakerState): string {
  const name = [station, who].filter(Boolean).join(' ');
  if (lost) return '那边断了，正在重新接，您别挂';
  switch (state) {
    case 'queued':
    case 'offered':
      return position && position > 1 ? `正在找人，您前面还有 ${position - 1} 位` : '正在给您找人';
    case 'connecting':
      return name ? `接通了：${name}` : '接通了';
    case 'held':
      return `${name || '工作人员'}请您等一下`;
    case 'transferring':
      return '正在给您换一位，别挂';
    case 'wrapping':
    case 'ended':
      return '电话挂了';
    case 'callback':
      return '会给您回电话';
    default:
      return name ? `正在跟${name}说话` : '正在说话';
  }
}
