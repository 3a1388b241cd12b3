# The gem "oauth". Jobs come and answers go as one line of JSON each.
require "json"
require "oauth"
require "uri"

PLACES = { "header" => :header, "query" => :query_string, "body" => :body }.freeze

def consumer_of(job)
  OAuth::Consumer.new(
    *job["consumer"],
    site: job["base"], scheme: PLACES.fetch(job["place"]), http_method: job["verb"].downcase.to_sym, realm: job["realm"]
  )
end

def told(token)
  { status: 200, told: token.params.transform_keys(&:to_s) }
rescue OAuth::Unauthorized => refused
  answer(refused.request)
end

def answer(response)
  { status: response.code.to_i, text: response.body.dup.force_encoding(Encoding::UTF_8) }
end

def perform(job)
  consumer = consumer_of(job)
  case job["call"]
  when "request_token"
    callback = job["callback"] ? { oauth_callback: job["callback"] } : { exclude_callback: true }
    told(consumer.get_request_token(job["by_itself"] ? {} : callback))
  when "access_token"
    verifier = job["verifier"] ? { oauth_verifier: job["verifier"] } : {}
    told(OAuth::RequestToken.new(consumer, *job["token"]).get_access_token(verifier))
  else
    token = job["token"] && OAuth::AccessToken.new(consumer, *job["token"])
    query = URI.encode_www_form(job["query"])
    path = query.empty? ? job["path"] : "#{job["path"]}?#{query}"
    body = job["form"] ? [job["form"]] : []
    answer(token ? token.send(job["verb"].downcase, path, *body) : consumer.request(job["verb"].downcase, path, nil, {}, *body))
  end
rescue OAuth::Unauthorized => refused
  answer(refused.request)
end

$stdout.sync = true
$stdin.each_line do |line|
  said = begin
    perform(JSON.parse(line))
  rescue StandardError => failure
    { error: failure.full_message(highlight: false) }
  end
  puts JSON.generate(said)
end
