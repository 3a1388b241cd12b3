# A script of 2008 on LWP: HTTP/1.0, one nonce for its whole life, all in the query of a POST with no body, expressions.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha1_base64);
use JSON::PP;
use LWP::Protocol::http;
use LWP::UserAgent;
use URI;
use URI::Escape qw(uri_escape uri_unescape);

# The old way to have LWP speak the older protocol.
@LWP::Protocol::http::EXTRA_SOCK_OPTS = (HTTPVersion => '1.0', KeepAlive => 0, SendTE => 0);

my $api = 'http://api.netflix.com';
my ($key, $secret) = @ENV{qw(MOCK_NETFLIX_CONSUMER_KEY MOCK_NETFLIX_CONSUMER_SECRET)};
my ($token, $token_secret) = ('', '');
my $ua = LWP::UserAgent->new;

sub escape { uri_escape($_[0], '^A-Za-z0-9\-._~') }

sub signed {
    my ($verb, $url, %values) = @_;
    %values = (
        %values,
        oauth_consumer_key     => $key,
        oauth_nonce            => 'hsu94j3884jdopsl',
        oauth_signature_method => 'HMAC-SHA1',
        oauth_timestamp        => time,
        oauth_version          => '1.0',
    );
    $values{oauth_token} = $token if $token;
    my $query = join '&', map { escape($_) . '=' . escape($values{$_}) } sort keys %values;
    my $base = join '&', map { escape($_) } $verb, $url, $query;
    my $signature = hmac_sha1_base64($base, escape($secret) . '&' . escape($token_secret)) . '=';
    return "$url?$query&oauth_signature=" . escape($signature);
}

sub content {
    my $answer = shift;
    die $answer->status_line . "\n" . $answer->decoded_content unless $answer->is_success;
    return $answer->decoded_content(charset => 'none');
}

sub get { content($ua->get($_[0])) }

# PUT and DELETE were more than some networks let through.
sub call {
    my ($verb, $url, %values) = @_;
    return get(signed('GET', $url, %values)) if $verb eq 'GET';
    return content($ua->post(signed('POST', $url, %values, method => $verb)));
}

sub take {
    my %told = map { my ($name, $value) = split /=/; $value =~ tr/+/ /; ($name => uri_unescape($value)) } split /&/, call('GET', "$api$_[0]");
    ($token, $token_secret) = @told{qw(oauth_token oauth_token_secret)};
    return %told;
}

sub unescape { my $text = shift; $text =~ s/&quot;/"/g; $text =~ s/&#39;/'/g; $text =~ s/&amp;/&/g; return $text }
sub attribute { my ($name, $tag) = @_; return $tag =~ /\b$name="([^"]*)"/ ? unescape($1) : '' }
sub element { my ($name, $xml) = @_; return $xml =~ m{<$name>([^<]*)</$name>} ? unescape($1) : die "no $name: $xml" }

sub log_in {
    my %told = @_;
    my $url = $told{login_url} . "&oauth_consumer_key=$key&application_name=" . escape($told{application_name}) . '&oauth_callback=';
    my ($form) = grep { /name="login"/ && /name="password"/ } get($url) =~ m{(<form.*?</form>)}gs;
    my %fields = map { attribute('name', $_) => attribute('value', $_) } $form =~ /(<input[^>]*>)/g;
    @fields{qw(login password)} = @ENV{qw(MOCK_NETFLIX_LOGIN MOCK_NETFLIX_PASSWORD)};
    my $said = content($ua->post(URI->new_abs(attribute('action', $form), $url), \%fields));
    die $said unless $said =~ /successfully/;
}

sub names {
    my @items = call('GET', $_[0], max_results => 500) =~ m{<queue_item>(.*?)</queue_item>}gs;
    return [map { /(<title [^>]*>)/ && attribute('regular', $1) } @items];
}

my %seen = (clock => 0 + element('time', call('GET', "$api/oauth/clock/time")));
log_in(take('/oauth/request_token'));
my %access = take('/oauth/access_token');
my $user = $seen{user_id} = $access{user_id};
my $queue = "$api/users/$user/queues/disc";
$seen{before} = names($queue);
my $title = call('GET', "$api/catalog/titles", term => 'strangelove', max_results => 1);
my $id = element('id', $title);
$seen{added} = 0 + element('position', call('POST', $queue, title_ref => $id));
my $moved = call('POST', $queue, title_ref => $id, position => 1);
$seen{moved} = names($queue);
call('DELETE', element('id', $moved));
$seen{after} = names($queue);
my @links = call('GET', "$api/users/$user/feeds") =~ /(<link [^>]*>)/g;
$seen{feeds} = grep { get(attribute('href', $_)) =~ m{<feed[^>]*http://www.w3.org/2005/Atom} } @links;
$seen{poster} = unpack 'H*', substr get(attribute('large', $title)), 0, 3;
my ($page) = grep { /rel="alternate"/ } $title =~ /(<link [^>]*>)/g;
$seen{page} = get(attribute('href', $page)) =~ /<html/ ? JSON::PP::true : JSON::PP::false;
$seen{releases} = () = get('http://rss.netflix.com/NewReleasesRSS') =~ /<item>/g;
print JSON::PP->new->encode(\%seen), "\n";
