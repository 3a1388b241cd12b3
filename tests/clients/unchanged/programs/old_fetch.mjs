// A client on the fetch of newer Nodes, with the addresses of old: everything in the query, XML by expressions.
import { createHmac, randomUUID } from 'node:crypto'

const API = 'http://api.netflix.com'
const { MOCK_NETFLIX_CONSUMER_KEY: KEY, MOCK_NETFLIX_CONSUMER_SECRET: SECRET } = process.env
let token = {}

const escape = text => encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
const unescape = text => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&')

function signed (verb, url, parameters) {
  const values = {
    ...parameters,
    oauth_consumer_key: KEY,
    oauth_nonce: randomUUID(),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: `${Math.floor(Date.now() / 1000)}`,
    ...(token.oauth_token && { oauth_token: token.oauth_token })
  }
  const query = Object.keys(values).sort().map(name => `${escape(name)}=${escape(values[name])}`).join('&')
  const hmac = createHmac('sha1', `${SECRET}&${token.oauth_token_secret ?? ''}`)
  const signature = hmac.update([verb, escape(url), escape(query)].join('&')).digest('base64')
  return `${url}?${query}&oauth_signature=${escape(signature)}`
}

async function read (url, options) {
  const answer = await fetch(url, options)
  if (!answer.ok) throw new Error(`${answer.status} ${url} ${await answer.text()}`)
  return answer
}

const text = async (...given) => (await read(...given)).text()
const call = (verb, url, parameters = {}) => text(signed(verb, url, parameters), { method: verb })
const element = (name, xml) => unescape(xml.match(new RegExp(`<${name}>([^<]*)</${name}>`))[1])
const attribute = (name, tag) => unescape(tag.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? '')
const links = xml => xml.match(/<link [^>]*>/g)

async function take (path) {
  token = Object.fromEntries(new URLSearchParams(await call('GET', API + path)))
  return token
}

async function logIn (told) {
  const address = new URL(told.login_url)
  address.searchParams.set('oauth_consumer_key', KEY)
  address.searchParams.set('application_name', told.application_name)
  address.searchParams.set('oauth_callback', '')
  const page = await text(address)
  const form = page.match(/<form[^]*?<\/form>/g).find(one => /name="login"/.test(one) && /name="password"/.test(one))
  const body = new URLSearchParams()
  for (const input of form.match(/<input[^>]*>/g)) body.set(attribute('name', input), attribute('value', input))
  body.set('login', process.env.MOCK_NETFLIX_LOGIN)
  body.set('password', process.env.MOCK_NETFLIX_PASSWORD)
  const said = await text(new URL(attribute('action', form), address), { method: 'POST', body })
  if (!said.includes('successfully')) throw new Error(said)
}

async function names (queue) {
  const items = (await call('GET', queue, { max_results: 500 })).match(/<queue_item>[^]*?<\/queue_item>/g)
  return items.map(item => attribute('regular', item.match(/<title [^>]*>/)[0]))
}

const seen = { clock: Number(element('time', await call('GET', `${API}/oauth/clock/time`))) }
await logIn(await take('/oauth/request_token'))
const user = seen.user_id = (await take('/oauth/access_token')).user_id
const queue = `${API}/users/${user}/queues/disc`
seen.before = await names(queue)
const title = await call('GET', `${API}/catalog/titles`, { term: 'strangelove', max_results: 1 })
const id = element('id', title)
seen.added = Number(element('position', await call('POST', queue, { title_ref: id })))
const moved = await call('POST', queue, { title_ref: id, position: 1 })
seen.moved = await names(queue)
await call('DELETE', element('id', moved))
seen.after = await names(queue)
const hrefs = links(await call('GET', `${API}/users/${user}/feeds`)).map(link => attribute('href', link))
const feeds = await Promise.all(hrefs.map(href => text(href)))
seen.feeds = feeds.filter(feed => /<feed[^>]*http:\/\/www.w3.org\/2005\/Atom/.test(feed)).length
const poster = await (await read(attribute('large', title))).arrayBuffer()
seen.poster = Buffer.from(poster.slice(0, 3)).toString('hex')
const page = links(title).find(link => attribute('rel', link) === 'alternate')
seen.page = (await text(attribute('href', page))).includes('<html')
seen.releases = (await text('http://rss.netflix.com/Top100RSS')).split('<item>').length - 1
console.log(JSON.stringify(seen))
