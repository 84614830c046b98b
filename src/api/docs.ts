/** The interface describes itself: OpenAPI at /api/openapi.json, a page to read it at /api/docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** Before the routes, so that it sees them being registered. */
export async function describe(scope: FastifyInstance): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'jialiban',
        version: '1',
        description:
          'REST for the consoles and partners. Lists are newest first, within the reader’s scope; beyond it is 404. ' +
          'Every change carries the header x-csrf-token from GET /api/session. Times are ISO 8601 with +08:00.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'jialiban' },
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'a key of the property system; the scope stands with each route',
          },
        },
      },
      security: [{ session: [] }],
    },
  });
}

/** After the routes. */
export async function showDescription(scope: FastifyInstance): Promise<void> {
  scope.get('/openapi.json', { schema: { hide: true } }, async () => scope.swagger());
  await scope.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { deepLinking: true, persistAuthorization: false },
  });
}
