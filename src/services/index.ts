/** All services, made once from the stores. Each takes what it uses by name. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../store/bus.ts';
import type { Database } from '../store/database.ts';
import type { Fields } from '../store/fields.ts';
import type { Presence } from '../store/presence.ts';
import type { Rates } from '../store/rates.ts';
import type { RedisClient } from '../store/redis.ts';
import type { Tickets } from '../store/tickets.ts';
import { createBookings } from './bookings/bookings.ts';
import { createOpenings } from './bookings/openings.ts';
import type { Calendar } from './calendar.ts';
import { createCallbacks } from './callbacks/callbacks.ts';
import { createHerCallbacks } from './callbacks/hers.ts';
import { createCallbackRung } from './callbacks/rung.ts';
import { createCalls } from './calls/index.ts';
import { createApplications } from './cases/applications.ts';
import { createCases } from './cases/cases.ts';
import { loadFeedbackFacts } from './feedback/facts.ts';
import { createRatings } from './feedback/ratings.ts';
import { createTicketDesk } from './feedback/ticket-desk.ts';
import { createHerTickets } from './feedback/tickets.ts';
import { createUnmatched } from './feedback/unmatched.ts';
import { createApiKeys } from './fleet/api-keys.ts';
import { createDevices } from './fleet/devices.ts';
import { createFirmware } from './fleet/firmware.ts';
import { createFleet } from './fleet/fleet.ts';
import { createFleetHealth } from './fleet/health.ts';
import { createInstallations } from './fleet/installations.ts';
import { createLinking } from './fleet/linking.ts';
import { createMessages } from './fleet/messages.ts';
import { createNetworks } from './fleet/networks.ts';
import { createPairing } from './fleet/pairing.ts';
import { createSpeakerImport } from './fleet/speaker-import/index.ts';
import { createSpeakerSettings } from './fleet/speaker-settings.ts';
import { createSpeakerTally } from './fleet/speaker-tally.ts';
import { createWebhookEndpoints } from './fleet/webhook-endpoints.ts';
import { loadBundles } from './guides/bundles.ts';
import { createGuideDesk } from './guides/desk.ts';
import { createGuides } from './guides/guides.ts';
import { createHelping } from './guides/helping.ts';
import { createHints } from './guides/hints.ts';
import { createNotices } from './notices/notices.ts';
import { createAlerts } from './oversight/alerts.ts';
import { createCallFigures } from './oversight/call-figures.ts';
import { createOversight } from './oversight/oversight.ts';
import { createOversightAlarms } from './oversight/oversight-alarms.ts';
import { createServiceFigures } from './oversight/service-figures.ts';
import { createPlaces } from './places.ts';
import { createPolicyAudience } from './policies/audience.ts';
import { createPolicyControl } from './policies/control.ts';
import { createPolicyDesk } from './policies/desk.ts';
import { createFanOut } from './policies/fan-out.ts';
import { createPolicies } from './policies/policies.ts';
import { createContacts } from './residents/contacts.ts';
import { createDataRights } from './residents/data-rights.ts';
import { createHomes } from './residents/homes.ts';
import { createHouseholdRegister } from './residents/household-register.ts';
import { createLife } from './residents/life.ts';
import { createNearPeople } from './residents/near.ts';
import { createPins } from './residents/pins.ts';
import { createProxies } from './residents/proxies.ts';
import { createResidentRegister } from './residents/resident-register.ts';
import { createReveal } from './residents/reveal.ts';
import { createSpecialList } from './residents/special-list/index.ts';
import { createResidentStates } from './residents/state.ts';
import { createWhatStands } from './residents/what-stands.ts';
import { createStaffService } from './staff/staff.ts';
import { createVisitDesk } from './visits/desk.ts';
import { createVisits } from './visits/visits.ts';

export interface ServiceParts {
  database: Database;
  redis: RedisClient;
  fields: Fields;
  presence: Presence;
  browserTickets: Tickets;
  bus: Pick<Bus, 'toDevice'>;
  rates: Rates;
  calendar: Calendar;
  clock: Clock;
  log: Log;
  mfa: 'required' | 'optional';
  passwordDays: number;
  /** Ends a speaker's talk and socket on every instance. */
  cut: (speaker: { brand: string; device: string }) => Promise<void>;
  /** A frame to a device of ours, wherever it is connected; false when it is not. */
  tell: (device: string, frame: unknown) => Promise<boolean>;
}

/** Made once a process. Nothing is opened or begun here: the stores belong to the caller, the clocks to the jobs. */
export function createServices(parts: ServiceParts) {
  const { clock, calendar } = parts;
  const callbacks = createCallbacks(parts);
  const cases = createCases(parts);
  const feedback = loadFeedbackFacts();
  const policyDesk = createPolicyDesk(parts);
  const pins = createPins(parts);
  const tally = createSpeakerTally(parts);
  const networks = createNetworks(parts);
  const guides = createGuides(parts);
  const applications = createApplications({ ...parts, cases });
  const bookings = createBookings(parts);
  const herVisits = createVisits(parts);
  const proxies = createProxies(parts);
  const herTickets = createHerTickets({ ...parts, feedback });
  const ratings = createRatings({ ...parts, herTickets, feedback });
  return {
    clock,
    calendar,
    homes: createHomes(parts),
    hints: createHints(parts),
    policies: createPolicies(parts),
    policyAudience: createPolicyAudience(parts),
    policyDesk,
    policyControl: createPolicyControl({ ...parts, desk: policyDesk }),
    fanOut: createFanOut(parts),
    guideDesk: createGuideDesk(parts),
    guides,
    oversight: createOversight(parts),
    oversightAlarms: createOversightAlarms(parts),
    dataRights: createDataRights(parts),
    residentStates: createResidentStates({ ...parts, bookings }),
    specialList: createSpecialList(parts),
    figures: createServiceFigures(parts),
    cases,
    applications,
    bookings,
    callbacks,
    herCallbacks: createHerCallbacks({ ...parts, callbacks }),
    calls: createCalls({ ...parts, callbacks }),
    alerts: createAlerts(parts),
    contacts: createContacts(parts),
    notices: createNotices(parts),
    openings: createOpenings(parts),
    life: createLife(parts),
    whatStands: createWhatStands({ ...parts, ratings }),
    places: createPlaces(parts),
    proxies,
    near: createNearPeople({ ...parts, proxies }),
    bundles: loadBundles(),
    devices: createDevices({ ...parts, tickets: parts.browserTickets, connected: tally.connected, networks }),
    networks,
    fleet: createFleet(parts),
    fleetHealth: createFleetHealth(parts),
    messages: createMessages(parts),
    speakerImport: createSpeakerImport(parts),
    speakerSettings: createSpeakerSettings(parts),
    tally,
    firmware: createFirmware(parts),
    apiKeys: createApiKeys(parts),
    webhookEndpoints: createWebhookEndpoints(parts),
    installations: createInstallations({ ...parts, pins }),
    householdRegister: createHouseholdRegister(parts),
    residentRegister: createResidentRegister(parts),
    pairing: createPairing(parts),
    linking: createLinking(parts),
    staff: createStaffService(parts),
    reveal: createReveal(parts),
    unmatched: createUnmatched(parts),
    visits: createVisitDesk(parts),
    herVisits,
    callFigures: createCallFigures(parts),
    /** What the carrier tells of its calls. */
    rung: createCallbackRung({ ...parts, callbacks }),
    helping: createHelping({ ...parts, guides, applications, bookings, visits: herVisits }),
    tickets: createTicketDesk(parts),
    feedback,
    herTickets,
    ratings,
    pins,
  };
}

export type Services = ReturnType<typeof createServices>;
