#!/bin/bash
# A shell script of 2010: curl sends, openssl signs, sed reads the XML.
set -eu

API=http://api.netflix.com
KEY=$MOCK_NETFLIX_CONSUMER_KEY
SECRET=$MOCK_NETFLIX_CONSUMER_SECRET
TOKEN=
TOKEN_SECRET=
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fetch() { curl -sS --fail "$@"; }

# Percent-encodes a text of ASCII.
escape() {
  printf %s "$1" | LC_ALL=C sed -e 's/%/%25/g' -e 's/ /%20/g' -e 's/!/%21/g' -e 's/"/%22/g' -e 's/#/%23/g' \
    -e 's/\$/%24/g' -e 's/&/%26/g' -e 's/+/%2B/g' -e 's/,/%2C/g' -e 's,/,%2F,g' -e 's/:/%3A/g' -e 's/;/%3B/g' \
    -e 's/=/%3D/g' -e 's/?/%3F/g' -e 's/@/%40/g'
}

# signed VERB URL [NAME=VALUE]...: the URL with everything in its query.
signed() {
  verb=$1 url=$2
  shift 2
  query=$({
    for pair in "$@"; do printf '%s=%s\n' "$(escape "${pair%%=*}")" "$(escape "${pair#*=}")"; done
    printf '%s\n' "oauth_consumer_key=$KEY" "oauth_nonce=$(openssl rand -hex 8)" oauth_signature_method=HMAC-SHA1 \
      "oauth_timestamp=$(date +%s)" ${TOKEN:+"oauth_token=$TOKEN"} oauth_version=1.0
  } | LC_ALL=C sort | paste -sd '&' -)
  signature=$(printf %s "$verb&$(escape "$url")&$(escape "$query")" \
    | openssl dgst -sha1 -hmac "$SECRET&$TOKEN_SECRET" -binary | openssl base64)
  printf '%s?%s&oauth_signature=%s' "$url" "$query" "$(escape "$signature")"
}

call() {
  verb=$1
  shift
  fetch --request "$verb" "$(signed "$verb" "$@")"
}

# The value of a member of an answer of a token call, decoded.
member() { printf '%b' "$(printf %s "$2" | tr '&' '\n' | sed -n "s/^$1=//p" | sed -e 's/+/ /g' -e 's/%/\\x/g')"; }
element() { sed -n "s:.*<$1>\([^<]*\)</$1>.*:\1:p" "$2" | head -n 1 | unescape; }
unescape() { sed -e 's/&amp;/\&/g' -e 's/&quot;/"/g'; }
names() { tr '\n' ' ' <"$1" | sed 's:</queue_item>:&\n:g' | sed -n 's:.*<queue_item>.*<title [^>]*regular="\([^"]*\)".*:"\1":p' | paste -sd , -; }
read_queue() { call GET "$queue" max_results=500 >"$scratch/queue"; }

clock=$(call GET "$API/oauth/clock/time" | sed -n 's:.*<time>\([0-9]*\)</time>.*:\1:p')

told=$(call GET "$API/oauth/request_token")
TOKEN=$(member oauth_token "$told") TOKEN_SECRET=$(member oauth_token_secret "$told")
login_url=$(member login_url "$told")
name=$(escape "$(member application_name "$told")")
fetch "$login_url&oauth_consumer_key=$KEY&application_name=$name&oauth_callback=" >"$scratch/page"
grep -q 'name="login"' "$scratch/page" && grep -q 'name="password"' "$scratch/page"
action=$(sed -n 's/.*<form[^>]*action="\([^"]*\)".*/\1/p' "$scratch/page" | head -n 1 | unescape)
case $action in http*) ;; *) action=https://api-user.netflix.com$action ;; esac
set --
grep -o '<input[^>]*type="hidden"[^>]*>' "$scratch/page" >"$scratch/hidden"
while read -r input; do
  field=$(printf %s "$input" | sed 's/.*name="\([^"]*\)".*/\1/')
  value=$(printf %s "$input" | sed -n 's/.*value="\([^"]*\)".*/\1/p' | unescape)
  set -- "$@" --data-urlencode "$field=$value"
done <"$scratch/hidden"
fetch "$@" --data-urlencode "login=$MOCK_NETFLIX_LOGIN" --data-urlencode "password=$MOCK_NETFLIX_PASSWORD" \
  --data accept_tos=true "$action" | grep successfully >/dev/null

told=$(call POST "$API/oauth/access_token")
TOKEN=$(member oauth_token "$told") TOKEN_SECRET=$(member oauth_token_secret "$told")
user=$(member user_id "$told")
queue=$API/users/$user/queues/disc

read_queue
before=$(names "$scratch/queue")
call GET "$API/catalog/titles" term=strangelove max_results=1 >"$scratch/found"
title=$(element id "$scratch/found")
call POST "$queue" "title_ref=$title" >"$scratch/added"
added=$(element position "$scratch/added")
call POST "$queue" "title_ref=$title" position=1 >"$scratch/moved"
read_queue
moved=$(names "$scratch/queue")
call DELETE "$(element id "$scratch/moved")" >/dev/null
read_queue
after=$(names "$scratch/queue")

feeds=0
call GET "$API/users/$user/feeds" | grep -o 'href="[^"]*"' | sed -e 's/href="//' -e 's/"$//' | unescape >"$scratch/feeds"
while read -r feed; do
  fetch "$feed" | grep '<feed[^>]*http://www.w3.org/2005/Atom' >/dev/null && feeds=$((feeds + 1))
done <"$scratch/feeds"
poster=$(fetch "$(sed -n 's/.*large="\([^"]*\)".*/\1/p' "$scratch/found" | head -n 1)" | head -c 3 | od -An -tx1 | tr -d ' \n')
alternate=$(grep -o '<link [^>]*rel="alternate"[^>]*>' "$scratch/found" | sed 's/.*href="\([^"]*\)".*/\1/' | head -n 1)
page=$(fetch "$alternate" | grep '<html' >/dev/null && echo true || echo false)
releases=$(fetch http://rss.netflix.com/NewReleasesRSS | grep -o '<item>' | grep -c .)

printf '{"clock": %s, "user_id": "%s", "before": [%s], "added": %s, "moved": [%s], "after": [%s], ' \
  "$clock" "$user" "$before" "$added" "$moved" "$after"
printf '"feeds": %s, "poster": "%s", "page": %s, "releases": %s}\n' "$feeds" "$poster" "$page" "$releases"
