/**
 * Every durable record. One schema, two engines: PostgreSQL and PGlite.
 * Names follow GB/T 39046—2020 where it has one. What a drizzle table cannot say (partial indexes on expressions,
 * append-only triggers) stands in the custom migrations beside the generated ones.
 * Suffix `Sealed`: AES-GCM with a key id, see fields.ts; suffix `Index`: blind index for exact search.
 */

export * from './schema/bookings.ts';
export * from './schema/calls.ts';
export * from './schema/cases.ts';
export * from './schema/feedback.ts';
export * from './schema/fleet.ts';
export * from './schema/guides.ts';
export * from './schema/homes.ts';
export * from './schema/notices.ts';
export * from './schema/office.ts';
export * from './schema/places.ts';
export * from './schema/policies.ts';
export * from './schema/proof.ts';
export * from './schema/speakers.ts';
export * from './schema/staff.ts';
