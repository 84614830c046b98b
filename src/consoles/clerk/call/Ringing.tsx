import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Ringing as Offer } from '../../live/live.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { t } from '../../words/clerk.ts';
import { Turns } from './Turns.tsx';
import { useBell } from './useBell.ts';
import { reasonWords } from './words.ts';

/** What rings here: who, why, and what she has just said, before anybody says 您好. It takes no focus from what is being written. */
export function Ringing() {
  const { live } = useDeskLine();
  useBell(live.ringing);
  return (
    <div className="ringing" role="alert">
      {live.ringing.map((offer) => (
        <OfferCard key={offer.call} offer={offer} />
      ))}
    </div>
  );
}

function OfferCard({ offer }: { offer: Offer }) {
  const { accept, decline } = useDeskLine();
  const { message } = App.useApp();
  const [taking, setTaking] = useState(false);
  const { resident, household, matter } = offer.brief;
  const take = () => {
    setTaking(true);
    accept(offer.call).catch((error: Error) => {
      setTaking(false);
      message.error(error.message);
    });
  };
  const name = resident?.name ?? offer.resident?.name ?? t.noNameGiven;
  return (
    <section className="offer" aria-label={t.aCallShort(name)} data-urgent={offer.reason === 'emergency'}>
      <p className="offer-kind">
        <span className="offer-dot" aria-hidden="true" />
        {offer.from ? t.handsCallYou(offer.from.name) : t.aCall}
        <Left until={offer.until} />
      </p>
      <p className="offer-who">
        {name}
        {resident ? <span className="offer-age">{t.years(resident.age)}</span> : null}
        {resident?.hearing ? (
          <span className="chip" data-tone="warn">
            {t.hardHearingSpeakSlowly}
          </span>
        ) : null}
        {resident && resident.locale !== 'zh-CN' ? (
          <span className="chip" data-tone="info">
            {t.speaksEnglish}
          </span>
        ) : null}
      </p>
      <p className="offer-why">{[reasonWords(offer.reason), matter].filter(Boolean).join(' · ')}</p>
      <p className="row-quiet">{[household.community, household.building].filter(Boolean).join(' ')}</p>
      <Turns turns={offer.brief.turns.slice(-2)} />
      <div className="offer-actions">
        <Button
          size="large"
          data-call-key="n"
          disabled={taking}
          onClick={() => void decline(offer.call).catch(() => undefined)}
        >
          {t.decline} <kbd className="kbd">n</kbd>
        </Button>
        <Button size="large" type="primary" className="offer-take" data-call-key="y" loading={taking} onClick={take}>
          {t.takeIt} <kbd className="kbd">y</kbd>
        </Button>
      </div>
    </section>
  );
}

/** The seconds that it still rings here. */
function Left({ until }: { until: number }) {
  const seconds = () => Math.max(0, Math.ceil((until - performance.now()) / 1000));
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <span className="offer-left figures" aria-hidden="true">
      {t.s(left)}
    </span>
  );
}
