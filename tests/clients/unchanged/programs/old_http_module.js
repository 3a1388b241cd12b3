// A client for Node 0.4 and later, on the modules http and https: callbacks, a header, gzip alone, JSON.
var crypto = require('crypto')
var http = require('http')
var https = require('https')
var url = require('url')
var querystring = require('querystring')
var zlib = require('zlib')

var HOST = 'api.netflix.com'
var KEY = process.env.MOCK_NETFLIX_CONSUMER_KEY
var SECRET = process.env.MOCK_NETFLIX_CONSUMER_SECRET
var seen = {}
var token = {}

function escape (text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, function (one) {
    return '%' + one.charCodeAt(0).toString(16).toUpperCase()
  })
}

function authorization (verb, address, parameters) {
  var values = {
    oauth_consumer_key: KEY,
    oauth_nonce: crypto.randomBytes(8).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_version: '1.0'
  }
  if (token.oauth_token) values.oauth_token = token.oauth_token
  var all = Object.assign({}, values, parameters)
  var normalized = Object.keys(all).sort().map(function (name) { return escape(name) + '=' + escape(all[name]) }).join('&')
  var base = [verb, address, normalized].map(escape).join('&')
  var hmac = crypto.createHmac('sha1', escape(SECRET) + '&' + escape(token.oauth_token_secret || ''))
  values.oauth_signature = hmac.update(base).digest('base64')
  // The empty element in front is as one library of the time had it.
  return 'OAuth ' + Object.keys(values).map(function (name) { return ',' + name + '="' + escape(values[name]) + '"' }).join('')
}

// But for pictures, whatever is not packed cannot be read.
function read (options, body, done) {
  var secure = options.protocol === 'https:'
  options.headers = Object.assign({ 'Accept-Encoding': 'gzip' }, options.headers)
  var request = (secure ? https : http).request(options, function (answer) {
    var parts = []
    answer.on('data', function (part) { parts.push(part) })
    answer.on('end', function () {
      var whole = Buffer.concat(parts)
      if (answer.statusCode >= 300) throw new Error(answer.statusCode + ' ' + whole)
      if (/^image/.test(answer.headers['content-type'])) return done(whole)
      zlib.gunzip(whole, function (error, unpacked) {
        if (error) throw error
        done(unpacked)
      })
    })
  })
  request.on('error', function (error) { throw error })
  request.end(body || '')
}

function get (address, done) {
  read(url.parse(address), null, done)
}

function call (verb, path, parameters, done) {
  var posted = verb === 'POST'
  var query = querystring.stringify(parameters)
  var headers = { Authorization: authorization(verb, 'http://' + HOST + path, parameters) }
  if (posted) headers['Content-Type'] = 'application/x-www-form-urlencoded'
  if (posted) headers['Content-Length'] = Buffer.byteLength(query)
  var options = { host: HOST, port: 80, method: verb, headers: headers, path: posted || !query ? path : path + '?' + query }
  read(options, posted ? query : null, done)
}

function json (verb, path, parameters, done) {
  call(verb, path, Object.assign({ output: 'json' }, parameters), function (body) { done(JSON.parse(body)) })
}

function logIn (told, done) {
  var more = { oauth_consumer_key: KEY, application_name: told.application_name, oauth_callback: '' }
  get(told.login_url + '&' + querystring.stringify(more), function (page) {
    var form = String(page).match(/<form[\s\S]*?<\/form>/)[0]
    var fields = {}
    var inputs = form.match(/<input[^>]*>/g)
    inputs.forEach(function (input) {
      fields[input.match(/name="(.*?)"/)[1]] = (input.match(/value="(.*?)"/) || ['', ''])[1]
    })
    if (!('login' in fields) || !('password' in fields)) throw new Error(form)
    fields.login = process.env.MOCK_NETFLIX_LOGIN
    fields.password = process.env.MOCK_NETFLIX_PASSWORD
    var options = url.parse(url.resolve(told.login_url, form.match(/action="(.*?)"/)[1]))
    options.method = 'POST'
    options.headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    read(options, querystring.stringify(fields), function (said) {
      if (String(said).indexOf('successfully') < 0) throw new Error(said)
      done()
    })
  })
}

function take (path, done) {
  call('GET', path, {}, function (body) {
    token = querystring.parse(String(body))
    done(token)
  })
}

function names (told) {
  return told.queue.queue_item.map(function (item) { return item.title.regular })
}

function readQueue (path, done) {
  json('GET', path, { max_results: '500' }, function (told) { done(names(told)) })
}

function feedsFrom (links, count, done) {
  if (!links.length) return done(count)
  get(links[0].href, function (feed) {
    var isAtom = /<feed[^>]*http:\/\/www.w3.org\/2005\/Atom/.test(String(feed))
    feedsFrom(links.slice(1), count + (isAtom ? 1 : 0), done)
  })
}

function rest (title) {
  get(title.box_art.large, function (poster) {
    seen.poster = poster.slice(0, 3).toString('hex')
    var page = title.link.filter(function (link) { return link.rel === 'alternate' })[0].href
    get(page, function (said) {
      seen.page = String(said).indexOf('<html') >= 0
      get('http://rss.netflix.com/NewReleasesRSS', function (rss) {
        seen.releases = String(rss).split('<item>').length - 1
        console.log(JSON.stringify(seen))
      })
    })
  })
}

function useQueue (title, done) {
  var queue = '/users/' + token.user_id + '/queues/disc'
  readQueue(queue, function (before) {
    seen.before = before
    json('POST', queue, { title_ref: title.id }, function (added) {
      seen.added = Number(added.status.resources_created.queue_item.position)
      json('POST', queue, { title_ref: title.id, position: '1' }, function (moved) {
        readQueue(queue, function (then) {
          seen.moved = then
          json('DELETE', url.parse(moved.status.resources_created.queue_item.id).pathname, {}, function () {
            readQueue(queue, function (after) {
              seen.after = after
              done()
            })
          })
        })
      })
    })
  })
}

json('GET', '/oauth/clock/time', {}, function (clock) {
  seen.clock = Number(clock.time)
  take('/oauth/request_token', function (told) {
    logIn(told, function () {
      take('/oauth/access_token', function (access) {
        seen.user_id = access.user_id
        json('GET', '/catalog/titles', { term: 'strangelove', max_results: '1' }, function (found) {
          var title = found.catalog_titles.catalog_title
          useQueue(title, function () {
            json('GET', '/users/' + access.user_id + '/feeds', {}, function (feeds) {
              feedsFrom(feeds.resource.link, 0, function (count) {
                seen.feeds = count
                rest(title)
              })
            })
          })
        })
      })
    })
  })
})
