// A client of Troupe in Node: creates, imports, finds, watches, reads an error.
//
//   node client.js PROTO_FOLDER SERVER
//
// Prints one line; fails at the first answer that is not right.
'use strict';
const assert = require('node:assert');
const path = require('node:path');
const { once } = require('node:events');
const { promisify } = require('node:util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const protobuf = require('protobufjs');

const [, , protos, server] = process.argv;
const metadata = new grpc.Metadata();
metadata.set('troupe-organization', 'node-crew');
const options = () => ({ deadline: Date.now() + 30_000 });

function director(name, role = 'director') {
  return {
    display_name: name,
    findability: 'FINDABILITY_FINDABLE',
    roles: [{ role, level: 4 }],
  };
}

function unary(client, method, request) {
  return promisify(client[method].bind(client))(request, metadata, options());
}

// The reason and the first bad field that an error carries.
function richError(error) {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => path.join(protos, target);
  root.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto']);
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const found = {};
  for (const detail of root.lookupType('google.rpc.Status').decode(bytes).details) {
    const name = detail.type_url.split('/').pop();
    if (name === 'google.rpc.ErrorInfo') {
      found.reason = root.lookupType(name).decode(detail.value).reason;
    } else if (name === 'google.rpc.BadRequest') {
      found.field = root.lookupType(name).decode(detail.value).fieldViolations[0].field;
    }
  }
  return found;
}

async function createAndImport(profiles) {
  const ada = await unary(profiles, 'CreateProfile',
    { profile: director('Ada'), request_id: 'node-1' });
  const stream = profiles.ImportProfiles(metadata, options());
  const answered = once(stream, 'data');
  stream.write({ request_id: 'node-2', profiles: [director('Bo'), director('Cy')] });
  const [{ results }] = await answered;
  stream.end();
  assert.deepStrictEqual(results.map((r) => r.outcome),
    ['IMPORT_OUTCOME_CREATED', 'IMPORT_OUTCOME_CREATED']);
  return [ada.name, ...results.map((r) => r.name)];
}

async function main() {
  const definition = loader.loadSync(
    ['troupe/v1/profile_service.proto', 'troupe/v1/match_service.proto'],
    { includeDirs: [protos], keepCase: true, longs: String, enums: String, defaults: true });
  const { ProfileService, MatchService } = grpc.loadPackageDefinition(definition).troupe.v1;
  const profiles = new ProfileService(server, grpc.credentials.createInsecure());
  const matches = new MatchService(server, grpc.credentials.createInsecure());

  const watch = profiles.WatchProfiles({}, metadata, options());
  watch.on('error', (error) => {
    if (error.code !== grpc.status.CANCELLED) throw error;
  });
  const [first] = await once(watch, 'data');
  assert.strictEqual(first.changes.length, 0);
  const watched = new Set();
  watch.on('data', (response) => response.changes.forEach((c) => watched.add(c.profile.name)));

  const names = await createAndImport(profiles);
  const found = await unary(matches, 'FindProfiles',
    { ad_hoc: { opening: { role: 'director' } }, page_size: 1000 });
  const matched = found.matches.map((match) => match.profile);
  names.forEach((name) => assert(matched.includes(name)));
  while (!names.every((name) => watched.has(name))) await once(watch, 'data');
  watch.cancel();

  const error = await unary(profiles, 'CreateProfile', { profile: director('Di', 'directr') })
    .then(() => assert.fail('a role that is none was accepted'), (refused) => refused);
  assert.strictEqual(error.code, grpc.status.INVALID_ARGUMENT);
  const { reason, field } = richError(error);
  assert.deepStrictEqual([reason, field], ['INVALID_FIELD', 'profile.roles[0].role']);
  console.log(`node: create, import, find, watch, rich error ok (${reason} ${field})`);
  profiles.close();
  matches.close();
}

main().catch((error) => {
  console.error('node:', error);
  process.exit(1);
});
