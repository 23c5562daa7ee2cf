// SPDX-License-Identifier: Apache-2.0
// A vendor's own client calls a double of that vendor and prints what it understood of each answer: node calls.mjs VENDOR URL KEY CALLS
const [vendor, url, key, calls] = process.argv.slice(2);

const clients = {
  /** A call: resource, method, params, the idempotency key, how often to try again. */
  async stripe() {
    const { default: Stripe } = await import('stripe');
    const { hostname, port } = new URL(url);
    const client = new Stripe(key, { host: hostname, port, protocol: 'http', telemetry: false });
    return async ({ resource, method, params, idempotencyKey, retries = 0 }) => {
      try {
        const options = { maxNetworkRetries: retries, ...(idempotencyKey && { idempotencyKey }) };
        if (method === 'listAll') {
          const ids = [];
          for await (const one of client[resource].list(params, options)) ids.push(one.id);
          return { ids };
        }
        const answer = await client[resource][method](...(params ? [params] : []), options);
        const { headers, requestId } = answer.lastResponse;
        return { answer, request: requestId, replayed: headers['idempotent-replayed'] === 'true' };
      } catch (error) {
        const { type, rawType, code, decline_code: decline, statusCode: status, message, requestId: request } = error;
        return { error: type, rawType, code, decline, status, message, request };
      }
    };
  },

  /** A call: query, variables. The client insists on https and a shop's domain, so only its fetch is led to the double. */
  async shopify() {
    const { createAdminApiClient } = await import('@shopify/admin-api-client');
    const client = createAdminApiClient({
      storeDomain: 'lamps.myshopify.com',
      apiVersion: '2026-07',
      accessToken: key,
      customFetchApi: (address, options) => fetch(url + new URL(address).pathname, options),
    });
    return async ({ query, variables, retries = 0 }) => {
      const { data, errors, extensions } = await client.request(query, { variables, retries });
      const codes = errors?.graphQLErrors?.map((each) => each.extensions?.code);
      return { data, extensions, ...(errors && { error: errors.message, status: errors.networkStatusCode, codes }) };
    };
  },
};

const call = await clients[vendor]();
const understood = [];
for (const one of JSON.parse(calls)) understood.push(await call(one));
console.log(JSON.stringify(understood));
process.exit(0);
