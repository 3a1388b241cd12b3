// node-oauth: it sends everything itself and signs in the header; or it signs an address for somebody else to open.
"use strict";
const { OAuth } = require("oauth");
const querystring = require("querystring");
const { send, serve } = require("./lines");

const failed = (error) => (error instanceof Error ? { error: String(error.stack) } : { status: error.statusCode, text: error.data });

const perform = (job, resolve) => {
  const client = new OAuth(
    `${job.base}/oauth/request_token`,
    `${job.base}/oauth/access_token`,
    ...job.consumer,
    job.version,
    job.by_itself ? undefined : job.callback,
    "HMAC-SHA1",
  );
  const credentials = job.token || [];
  const told = (error, token, secret, more) =>
    resolve(error ? failed(error) : { status: 200, told: { oauth_token: token, oauth_token_secret: secret, ...more } });
  if (job.call === "request_token") return client.getOAuthRequestToken(told);
  if (job.call === "access_token") {
    return client.getOAuthAccessToken(...credentials, ...(job.verifier === null ? [] : [job.verifier]), told);
  }
  const query = querystring.stringify(job.query);
  const url = job.base + job.path + (query && `?${query}`);
  if (job.place === "query") return resolve(send(job.verb, client.signUrl(url, ...credentials, job.signed_verb || job.verb)));
  const answered = (error, text, response) => resolve(error ? failed(error) : { status: response.statusCode, text });
  const body = job.form === null ? [] : [job.form];
  return client[job.verb.toLowerCase()](url, ...(job.token || [null, undefined]), ...body, answered);
};

serve((job) => new Promise((resolve) => perform(job, resolve)));
