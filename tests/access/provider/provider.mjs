// A certified OpenID provider on a free port of this machine. Whoever comes is the account in the query `login_hint`.
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const { redirect, accounts } = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

const client = (id, more) => ({ client_id: id, redirect_uris: [redirect], response_types: ["code"], grant_types: ["authorization_code"], ...more });
const provider = new Provider(issuer, {
  clients: [
    client("sjukvy", { client_secret: "a secret of the test that is long enough", token_endpoint_auth_method: "client_secret_basic" }), // pragma: allowlist secret
    client("another", { client_secret: "a secret of the test that is long enough", token_endpoint_auth_method: "client_secret_basic" }), // pragma: allowlist secret
    client("brief", { client_secret: "a secret of the test that is long enough", token_endpoint_auth_method: "client_secret_basic" }), // pragma: allowlist secret
  ],
  jwks: { keys: [{ ...key, alg: "RS256", use: "sig", kid: "one" }] },
  cookies: { keys: ["a key of the test"] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], profile: ["name", "groups", "employeeHsaId", "commissionHsaId", "commissionPurpose", "healthCareUnitHsaId"], acr: null },
  acrValues: ["loa2", "loa3"],
  ttl: { IdToken: (ctx, token, asking) => (asking.clientId === "brief" ? 1 : 3600) },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  findAccount: (ctx, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
});

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (!request.url.startsWith("/interaction/")) { answer(request, response); return; }
  const { params } = await provider.interactionDetails(request, response);
  const account = accounts[params.login_hint];
  const grant = new provider.Grant({ accountId: params.login_hint, clientId: params.client_id });
  grant.addOIDCScope("openid profile");
  const result = { login: { accountId: params.login_hint, acr: account.acr, remember: false }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
});
console.log(issuer);
