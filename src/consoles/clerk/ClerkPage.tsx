import { useState } from 'react';
import type { Session } from '../rest/records.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { Bookings } from './Bookings.tsx';
import { Callbacks } from './Callbacks.tsx';
import { Cases } from './Cases.tsx';
import './clerk.css';
import { DayHead } from './DayHead.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { Me } from './Me.tsx';
import { PresenceSwitch } from './PresenceSwitch.tsx';
import { Tabs } from './Tabs.tsx';
import { useDesk } from './useDesk.ts';
import { useKeys } from './useKeys.ts';

/** The station clerk's day: who is to be called, who comes, what is on the way. */
export default function ClerkPage() {
  return (
    <StaffPage title="窗口工作台" roles={['clerk', 'supervisor']} tools={<PresenceSwitch />}>
      {(session) => <Day session={session} />}
    </StaffPage>
  );
}

function Day({ session }: { session: Session }) {
  const [desk, setDesk] = useDesk();
  const [helping, setHelping] = useState(false);
  const keys = useKeys({ onDesk: setDesk, onHelp: () => setHelping((shown) => !shown) });
  return (
    <>
      <DayHead onHelp={() => setHelping(true)} />
      <div className="desks" data-desk={desk}>
        <Callbacks />
        <Bookings ownPlace={session.place?.id} />
        <Cases />
        <Me session={session} onHelp={() => setHelping(true)} />
      </div>
      <Tabs desk={desk} onDesk={setDesk} />
      <HelpSheet open={helping} onClose={() => setHelping(false)} keys={keys} />
    </>
  );
}
