// Jobs come and answers go as one line of JSON each.
"use strict";
const http = require("http");
const readline = require("readline");

exports.serve = async (perform) => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const answer = await Promise.resolve(JSON.parse(line)).then(perform).catch((error) => ({ error: String(error.stack) }));
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
};

exports.send = (verb, url, headers = {}, body = "") =>
  new Promise((resolve, reject) => {
    const length = body ? { "Content-Length": Buffer.byteLength(body) } : {};
    const request = http.request(url, { method: verb, headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    request.on("error", reject);
    request.end(body);
  });
