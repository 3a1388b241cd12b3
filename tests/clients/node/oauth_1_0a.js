// oauth-1.0a: it signs; where the signature stands and how it is sent is left to its user.
"use strict";
const crypto = require("crypto");
const OAuth = require("oauth-1.0a");
const querystring = require("querystring");
const { send, serve } = require("./lines");

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

const ways = {
  // The library takes what is only for the header along with the fields of the form.
  header: (job, url, sign) =>
    send(job.verb, url, { ...sign(job.form, job.protocol), ...(job.form && FORM) }, querystring.stringify(job.form)),
  query: (job, url, sign) =>
    send(job.verb, `${url.split("?")[0]}?${querystring.stringify(sign(job.form, job.protocol))}`),
  body: (job, url, sign) => send(job.verb, url, FORM, querystring.stringify(sign(job.form, job.protocol))),
};

serve(async (job) => {
  const oauth = OAuth({
    consumer: { key: job.consumer[0], secret: job.consumer[1] },
    version: job.version,
    realm: job.realm,
    last_ampersand: job.last_ampersand,
    signature_method: "HMAC-SHA1",
    hash_function: (text, key) => crypto.createHmac("sha1", key).update(text).digest("base64"),
  });
  const token = job.token ? { key: job.token[0], secret: job.token[1] } : undefined;
  const query = querystring.stringify(job.query);
  const url = job.base + job.path + (query && `?${query}`);
  const sign = (...data) => {
    const signed = oauth.authorize({ url, method: job.verb, data: Object.assign({}, ...data) }, token);
    return job.place === "header" ? oauth.toHeader(signed) : signed;
  };
  const answer = await ways[job.place](job, url, sign);
  return { ...answer, told: job.call === "send" ? {} : querystring.parse(answer.text) };
});
