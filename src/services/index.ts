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
import { createAlerts } from './alerts.ts';
import { createApiKeys } from './api-keys.ts';
import { createApplications } from './applications.ts';
import { createBookings } from './bookings.ts';
import { loadBundles } from './bundles.ts';
import type { Calendar } from './calendar.ts';
import { createCallFigures } from './call-figures.ts';
import { createCallbacks } from './callbacks.ts';
import { createCalls } from './calls/index.ts';
import { createCases } from './cases.ts';
import { createContacts } from './contacts.ts';
import { createDataRights } from './data-rights.ts';
import { createDevices } from './devices.ts';
import { createFanOut } from './fan-out.ts';
import { loadFeedbackFacts } from './feedback-facts.ts';
import { createFirmware } from './firmware.ts';
import { createFleet } from './fleet.ts';
import { createFleetHealth } from './fleet-health.ts';
import { createGuideDesk } from './guide-desk.ts';
import { createGuides } from './guides.ts';
import { createHelping } from './helping.ts';
import { createHints } from './hints.ts';
import { createHomes } from './homes.ts';
import { createHouseholdRegister } from './household-register.ts';
import { createInstallations } from './installations.ts';
import { createLife } from './life.ts';
import { createLinking } from './linking.ts';
import { createNotices } from './notices.ts';
import { createOpenings } from './openings.ts';
import { createOversight } from './oversight.ts';
import { createPairing } from './pairing.ts';
import { createPins } from './pins.ts';
import { createPlaces } from './places.ts';
import { createPolicies } from './policies.ts';
import { createPolicyAudience } from './policy-audience.ts';
import { createPolicyControl } from './policy-control.ts';
import { createPolicyDesk } from './policy-desk.ts';
import { createProxies } from './proxies.ts';
import { createRatings } from './ratings.ts';
import { createResidentStates } from './resident-state.ts';
import { createReveal } from './reveal.ts';
import { createServiceFigures } from './service-figures.ts';
import { createSpeakerImport } from './speaker-import/index.ts';
import { createSpeakerSettings } from './speaker-settings.ts';
import { createSpeakerTally } from './speaker-tally.ts';
import { createSpecialList } from './special-list.ts';
import { createStaffService } from './staff.ts';
import { createTicketDesk } from './ticket-desk.ts';
import { createHerTickets } from './tickets.ts';
import { createUnmatched } from './unmatched.ts';
import { createVisitDesk } from './visit-desk.ts';
import { createVisits } from './visits.ts';
import { createWebhookEndpoints } from './webhook-endpoints.ts';

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
  /** Ends a speaker's talk and socket on every instance. */
  cut: (speaker: { brand: string; device: string }) => Promise<void>;
  /** A frame to a device of ours, wherever it is connected; false when it is not. */
  tell: (device: string, frame: unknown) => Promise<boolean>;
}

export function createServices(parts: ServiceParts) {
  const { clock, calendar } = parts;
  const callbacks = createCallbacks(parts);
  const cases = createCases(parts);
  const feedback = loadFeedbackFacts();
  const policyDesk = createPolicyDesk(parts);
  const pins = createPins(parts);
  const tally = createSpeakerTally(parts);
  const guides = createGuides(parts);
  const applications = createApplications({ ...parts, cases });
  const bookings = createBookings(parts);
  const herVisits = createVisits(parts);
  const herTickets = createHerTickets({ ...parts, feedback });
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
    dataRights: createDataRights(parts),
    residentStates: createResidentStates({ ...parts, bookings }),
    specialList: createSpecialList(parts),
    figures: createServiceFigures(parts),
    cases,
    applications,
    bookings,
    callbacks,
    calls: createCalls({ ...parts, callbacks }),
    alerts: createAlerts(parts),
    contacts: createContacts(parts),
    notices: createNotices(parts),
    openings: createOpenings(parts),
    life: createLife(parts),
    places: createPlaces(parts),
    proxies: createProxies(parts),
    bundles: loadBundles(),
    devices: createDevices({ ...parts, tickets: parts.browserTickets, connected: tally.connected }),
    fleet: createFleet(parts),
    fleetHealth: createFleetHealth(parts),
    speakerImport: createSpeakerImport(parts),
    speakerSettings: createSpeakerSettings(parts),
    tally,
    firmware: createFirmware(parts),
    apiKeys: createApiKeys(parts),
    webhookEndpoints: createWebhookEndpoints(parts),
    installations: createInstallations({ ...parts, pins }),
    householdRegister: createHouseholdRegister(parts),
    pairing: createPairing(parts),
    linking: createLinking(parts),
    staff: createStaffService(parts),
    reveal: createReveal(parts),
    unmatched: createUnmatched(parts),
    visits: createVisitDesk(parts),
    herVisits,
    callFigures: createCallFigures(parts),
    helping: createHelping({ ...parts, guides, applications, bookings, visits: herVisits }),
    tickets: createTicketDesk(parts),
    feedback,
    herTickets,
    ratings: createRatings({ ...parts, herTickets, feedback }),
    pins,
  };
}

export type Services = ReturnType<typeof createServices>;
