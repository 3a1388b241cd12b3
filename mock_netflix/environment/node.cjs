'use strict'
// Leads connections to the hosts of the service to the mock at MOCK_NETFLIX_BASE_URL; all others go where they went.
// Read before a program by way of NODE_OPTIONS, for Node before version 24 heeds no proxy variable. Names, certificates
// and what is sent stay as they are.

const net = require('net')
const tls = require('tls')
const { Duplex } = require('stream')

const HOSTS = /^(?:(?:api|api-public|api-user|api-public-user|www|dvd|rss)\.netflix\.com|cdn-[a-z0-9]{1,16}\.nflximg\.com)$/i
// Characters of an answer to CONNECT; the mock's are shorter.
const LONGEST_HEAD = 4096

const mock = mockAt(process.env.MOCK_NETFLIX_BASE_URL)
if (mock) {
  leadSockets()
  leadTls()
  const { syncBuiltinESMExports } = require('module')
  if (syncBuiltinESMExports) syncBuiltinESMExports()
}

function mockAt (address) {
  try {
    const { protocol, hostname, port } = new URL(address)
    if (protocol !== 'http:') return null
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
  } catch (error) {
    return null
  }
}

function isLed (options) {
  return !options.path && typeof options.host === 'string' && HOSTS.test(options.host)
}

// (options), (port, host) or (path), each with a function at the end, as net.connect and tls.connect take them.
function taken (args) {
  const done = args.find(one => typeof one === 'function')
  const given = args.filter(one => one !== null && typeof one === 'object')
  if (typeof args[0] === 'object') return [Object.assign({}, ...given), done]
  const isPath = typeof args[0] === 'string' && !(Number(args[0]) >= 0)
  const first = isPath ? { path: args[0] } : { port: args[0] }
  if (typeof args[1] === 'string') first.host = args[1]
  return [Object.assign(first, ...given), done]
}

function leadSockets () {
  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function (...args) {
    // Within Node itself, the arguments come as one list that is read already.
    const listed = Array.isArray(args[0])
    const [options, done] = listed ? args[0] : taken(args)
    if (!isLed(options)) return connect.apply(this, args)
    const led = Object.assign({}, options, mock)
    if (!listed) return connect.call(this, led, done)
    args[0][0] = led
    return connect.apply(this, args)
  }
}

function leadTls () {
  const connect = tls.connect
  tls.connect = function (...args) {
    const [options, done] = taken(args)
    if (options.socket || !isLed(options)) return connect.apply(this, args)
    const way = net.connect(mock)
    const secured = connect.call(this, Object.assign({}, options, { socket: tunnel(way, options) }), done)
    // It is to end with the other side, as one that is connected by itself does, and not when a stream would.
    secured.allowHalfOpen = Boolean(options.allowHalfOpen)
    if (options.timeout) secured.setTimeout(options.timeout)
    // A connection that is kept for later must not keep the program from its end.
    for (const name of ['ref', 'unref']) {
      const before = secured[name]
      secured[name] = function () {
        way[name]()
        return before.call(this)
      }
    }
    return secured
  }
}

// What goes through a connection to the mock once CONNECT is answered; until then, what is written waits.
function tunnel (way, { host, port }) {
  const authority = `${host}:${port || 443}`
  let open = false
  let ended = false
  let waiting = null
  const stream = new Duplex({
    read () {
      if (open) way.resume()
    },
    write (part, encoding, done) {
      if (open) way.write(part, done)
      else waiting = () => way.write(part, done)
    },
    final (done) {
      if (open) way.end(() => done())
      else waiting = () => way.end(() => done())
    },
    destroy (error, done) {
      way.destroy()
      done(error)
    }
  })
  way.setNoDelay(true)
  way.on('error', error => stream.destroy(error))
  way.on('close', () => {
    if (!open) stream.destroy(new Error(`the mock did not lead to ${authority}`))
    else if (!ended) stream.destroy()
  })
  way.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  answered(way, (refused, rest) => {
    if (refused) return stream.destroy(new Error(`the mock does not lead to ${authority}: ${refused}`))
    open = true
    way.on('data', part => stream.push(part) || way.pause())
    way.on('end', () => {
      ended = true
      stream.push(null)
    })
    if (rest.length) stream.push(rest)
    if (waiting) waiting()
  })
  return stream
}

// Reads the head of the answer; tells its first line where it refuses, and what came after it.
function answered (way, tell) {
  let told = Buffer.alloc(0)
  way.on('data', function read (part) {
    told = Buffer.concat([told, part])
    const end = told.indexOf('\r\n\r\n')
    if (end < 0 && told.length < LONGEST_HEAD) return
    way.removeListener('data', read)
    const line = told.toString('latin1').split('\r\n', 1)[0]
    tell(/^HTTP\/1\.[01] 200\b/.test(line) ? '' : line || 'no answer', told.slice(end + 4))
  })
}
