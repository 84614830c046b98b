import type { ReactNode } from 'react';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { t } from '../words/operator.ts';
import type { SpeakerDetail } from './fleet.ts';
import { SettingsForm } from './SettingsForm.tsx';
import { SpeakerActs } from './SpeakerActs.tsx';
import { Seen } from './seen.tsx';
import { calledWords, placeWords, statusWords } from './words.ts';

interface SpeakerDrawerProps {
  id: string | undefined;
  now: Date;
  onClose: () => void;
  onGo: (to: string) => void;
}

/** One speaker: what can be done to it, how it is set, where it has been. */
export function SpeakerDrawer({ id, now, onClose, onGo }: SpeakerDrawerProps) {
  return (
    <RowDrawer<SpeakerDetail>
      noun="speakers"
      id={id}
      title={(one) => (one ? t.speakerShort(one.serial) : t.speaker)}
      width={600}
      onClose={onClose}
    >
      {(one) => (
        <>
          <SpeakerActs one={one} onGo={onGo} />
          <Facts one={one} now={now} />
          {one.status === 'wiped' ? null : <SettingsForm key={one.updatedAt} one={one} />}
          <History history={one.history} />
        </>
      )}
    </RowDrawer>
  );
}

function Facts({ one, now }: { one: SpeakerDetail; now: Date }) {
  const facts: [string, ReactNode][] = [
    [t.stands, placeWords(one)],
    [t.room, one.room ?? '—'],
    [t.called, calledWords(one) || '—'],
    [t.brand, one.brandText],
    [t.deviceId, one.deviceId],
    [t.state, statusWords[one.status].words + (one.waitsForCode ? t.readingOutItsCode : '')],
    [t.lastOnline, <Seen key="seen" speaker={one} now={now} />],
    [t.firmwareShort, one.firmware ?? '—'],
    [t.registered, `${dayWords(dayOf(one.createdAt))} ${timeOf(one.createdAt)}`],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function History({ history }: Pick<SpeakerDetail, 'history'>) {
  if (history.length === 0) return null;
  return (
    <>
      <h2 className="drawer-title">{t.historyThisSpeaker}</h2>
      <ol className="road">
        {history.map(({ at, what, whatText, by }) => (
          <li key={`${at}${what}`}>
            <p>
              <strong>{whatText}</strong>
              <span className="row-quiet">
                {[`${dayWords(dayOf(at))} ${timeOf(at)}`, by?.name].filter(Boolean).join(' · ')}
              </span>
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
