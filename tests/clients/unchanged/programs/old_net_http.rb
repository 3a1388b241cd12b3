# A script of 2009 on Net::HTTP: the signature in a header with a realm, verbs that a GET cannot have as method=, REXML.
require 'base64'
require 'cgi'
require 'json'
require 'net/http'
require 'openssl'
require 'rexml/document'
require 'uri'

API = 'http://api.netflix.com'
KEY = ENV.fetch('MOCK_NETFLIX_CONSUMER_KEY')
SECRET = ENV.fetch('MOCK_NETFLIX_CONSUMER_SECRET')

class Netflix
  def initialize
    @token = @secret = nil
  end

  def escape(text)
    text.to_s.b.gsub(/[^A-Za-z0-9\-._~]/) { |one| format('%%%02X', one.ord) }
  end

  def header(verb, url, parameters)
    protocol = {
      'oauth_consumer_key' => KEY,
      'oauth_nonce' => OpenSSL::Random.random_bytes(8).unpack1('H*'),
      'oauth_signature_method' => 'HMAC-SHA1',
      'oauth_timestamp' => Time.now.to_i.to_s,
      'oauth_version' => '1.0'
    }
    protocol['oauth_token'] = @token if @token
    pairs = parameters.merge(protocol).map { |name, value| "#{escape(name)}=#{escape(value)}" }.sort.join('&')
    base = [verb, url, pairs].map { |part| escape(part) }.join('&')
    digest = OpenSSL::HMAC.digest('SHA1', "#{escape(SECRET)}&#{escape(@secret)}", base)
    protocol['oauth_signature'] = Base64.encode64(digest).strip
    'OAuth realm="http://api.netflix.com/", ' + protocol.map { |name, value| "#{name}=\"#{escape(value)}\"" }.join(', ')
  end

  def send(uri, request)
    Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
      answer = http.request(request)
      raise "#{answer.code} #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)

      answer.body
    end
  end

  def get(url)
    uri = URI.parse(url)
    send(uri, Net::HTTP::Get.new(uri.request_uri))
  end

  def call(verb, url, parameters = {})
    parameters = parameters.merge('method' => verb) unless verb == 'GET'
    uri = URI.parse(url)
    query = parameters.map { |name, value| "#{escape(name)}=#{escape(value)}" }.join('&')
    request = Net::HTTP::Get.new(query.empty? ? uri.path : "#{uri.path}?#{query}")
    request['Authorization'] = header('GET', url, parameters)
    send(uri, request)
  end

  def xml(*asked)
    REXML::Document.new(call(*asked)).root
  end

  def take(path)
    told = call('GET', API + path).split('&').to_h { |pair| pair.split('=').map { |part| CGI.unescape(part) } }
    @token, @secret = told.values_at('oauth_token', 'oauth_token_secret')
    told
  end

  def log_in(told)
    url = told['login_url'] + "&oauth_consumer_key=#{KEY}&application_name=#{CGI.escape(told['application_name'])}&oauth_callback="
    form = get(url)[%r{<form.*?</form>}m]
    fields = form.scan(/<input[^>]*>/).to_h { |input| [input[/name="(.*?)"/, 1], CGI.unescapeHTML(input[/value="(.*?)"/, 1].to_s)] }
    raise form unless fields.key?('login') && fields.key?('password')

    fields.update('login' => ENV['MOCK_NETFLIX_LOGIN'], 'password' => ENV['MOCK_NETFLIX_PASSWORD'])
    uri = URI.join(url, CGI.unescapeHTML(form[/action="(.*?)"/, 1]))
    request = Net::HTTP::Post.new(uri.request_uri)
    request.set_form_data(fields)
    said = send(uri, request)
    raise said unless said.include?('successfully')
  end

  def names(queue)
    REXML::XPath.match(xml('GET', queue, 'max_results' => 500), '//queue_item/title').map { |title| title.attributes['regular'] }
  end
end

netflix = Netflix.new
seen = { 'clock' => netflix.xml('GET', "#{API}/oauth/clock/time").text.to_i }
netflix.log_in(netflix.take('/oauth/request_token'))
user = seen['user_id'] = netflix.take('/oauth/access_token')['user_id']
queue = "#{API}/users/#{user}/queues/disc"
seen['before'] = netflix.names(queue)
title = netflix.xml('GET', "#{API}/catalog/titles", 'term' => 'strangelove', 'max_results' => 1).elements['catalog_title']
id = title.elements['id'].text
seen['added'] = netflix.xml('POST', queue, 'title_ref' => id).elements['//queue_item/position'].text.to_i
moved = netflix.xml('POST', queue, 'title_ref' => id, 'position' => 1)
seen['moved'] = netflix.names(queue)
netflix.xml('DELETE', moved.elements['//queue_item/id'].text)
seen['after'] = netflix.names(queue)
links = netflix.xml('GET', "#{API}/users/#{user}/feeds").elements.to_a('//link')
feeds = links.map { |link| REXML::Document.new(netflix.get(link.attributes['href'])).root }
seen['feeds'] = feeds.count { |feed| feed.name == 'feed' && feed.namespace == 'http://www.w3.org/2005/Atom' }
seen['poster'] = netflix.get(title.elements['box_art'].attributes['large'])[0, 3].unpack1('H*')
page = title.elements.to_a('link').find { |link| link.attributes['rel'] == 'alternate' }
seen['page'] = netflix.get(page.attributes['href']).include?('<html')
seen['releases'] = netflix.get('http://rss.netflix.com/NewReleasesRSS').scan('<item>').size
puts JSON.generate(seen)
