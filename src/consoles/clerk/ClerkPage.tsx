import { useEffect, useState } from 'react';
import { DeskProvider, useDeskLine, useLive } from '../live/useLive.ts';
import type { Session } from '../rest/records.ts';
import { useSession } from '../rest/session.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { Applications } from './Applications.tsx';
import { Bookings } from './Bookings.tsx';
import { Callbacks } from './Callbacks.tsx';
import { Cases } from './Cases.tsx';
import { CallDesk } from './call/CallDesk.tsx';
import { Ringing } from './call/Ringing.tsx';
import { sweepNotes } from './call/useNotes.ts';
import './call/call.css';
import './clerk.css';
import { DayHead } from './DayHead.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { Me } from './Me.tsx';
import { PresenceSwitch } from './PresenceSwitch.tsx';
import { Tabs } from './Tabs.tsx';
import { Tickets } from './Tickets.tsx';
import { useDesk } from './useDesk.ts';
import { useKeys } from './useKeys.ts';
import { Visits } from './Visits.tsx';

const ROLES = ['clerk', 'supervisor'] as const;

/** The station clerk's day: who rings, who is to be called, who comes, what is on the way. */
export default function ClerkPage() {
  const { data: session } = useSession();
  const works = session && ROLES.some((role) => role === session.role) && !session.mustChangePassword;
  const desk = useLive(works ? session.person.id : undefined);
  return (
    <DeskProvider value={desk}>
      <StaffPage title="窗口工作台" roles={[...ROLES]} tools={<PresenceSwitch />}>
        {(signedIn) => <Day session={signedIn} />}
      </StaffPage>
    </DeskProvider>
  );
}

function Day({ session }: { session: Session }) {
  const [desk, setDesk] = useDesk();
  const [helping, setHelping] = useState(false);
  const { live } = useDeskLine();
  const keys = useKeys({ onDesk: setDesk, onHelp: () => setHelping((shown) => !shown) });
  useEffect(() => sweepNotes(), []);
  return (
    <>
      <Ringing />
      {live.call ? <CallDesk key={live.call.call} call={live.call} /> : null}
      <DayHead onHelp={() => setHelping(true)} />
      <div className="desks" data-desk={desk}>
        <Callbacks />
        <Bookings ownPlace={session.place?.id} />
        <Cases />
        <Visits />
        <Tickets />
        <Applications />
        <Me session={session} onHelp={() => setHelping(true)} />
      </div>
      <Tabs desk={desk} onDesk={setDesk} />
      <HelpSheet open={helping} onClose={() => setHelping(false)} keys={keys} />
    </>
  );
}
