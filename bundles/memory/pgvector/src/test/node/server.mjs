// SPDX-License-Identifier: Apache-2.0
// PostgreSQL with pgvector on a port of its own, with one session that its connections share; ends with its input.
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create({ extensions: { vector } });
// Two: the one before may not have been seen to go when the next comes.
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 2 });
server.addEventListener('listening', (event) => console.log(`port ${event.detail.port}`));
await server.start();
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
