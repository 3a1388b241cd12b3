# Net::OAuth signs, HTTP::Tiny sends. Jobs come and answers go as one line of JSON each.
use strict;
use warnings;
use Encode qw(decode);
use HTTP::Tiny;
use JSON::PP;
use Net::OAuth;

my %KINDS = (request_token => 'request token', access_token => 'access token', send => 'protected resource');
my $json = JSON::PP->new->ascii;
my $nonces = 0;

# Parameters as the library writes them itself.
sub pairs {
    my $given = shift || {};
    return join '&', map { join '=', map { Net::OAuth::Message::encode($_) } $_, $given->{$_} } sort keys %$given;
}

# A callback or a verifier makes it OAuth 1.0a.
sub version {
    my $job = shift;
    return Net::OAuth::PROTOCOL_VERSION_1_0A if defined $job->{callback} || defined $job->{verifier};
    return Net::OAuth::PROTOCOL_VERSION_1_0;
}

sub message {
    my $job = shift;
    my ($key, $secret) = @{ $job->{consumer} };
    my ($token, $token_secret) = @{ $job->{token} || [] };
    my $kind = $job->{call} eq 'send' && !defined $token ? 'consumer' : $KINDS{ $job->{call} };
    my $message = Net::OAuth->request($kind)->new(
        consumer_key     => $key,
        consumer_secret  => $secret,
        token            => $token,
        token_secret     => $token_secret,
        callback         => $job->{callback},
        verifier         => $job->{verifier},
        protocol_version => version($job),
        request_method   => $job->{verb},
        request_url      => $job->{base} . $job->{path},
        signature_method => 'HMAC-SHA1',
        timestamp        => time,
        nonce            => $job->{nonce} || join('-', $$, time, ++$nonces),
        extra_params     => { %{ $job->{query} }, %{ $job->{form} || {} } },
    );
    $message->sign;
    return $message;
}

# What the library reads in the answer to a token call. It leaves the plus signs of a form as they are.
sub told {
    my ($job, $form) = @_;
    my $parser = Net::OAuth->response($job->{call} eq 'request_token' ? 'request token' : 'access token');
    my $told = $parser->from_post_body($form, protocol_version => version($job));
    my %extra = %{ $told->extra_params };
    tr/+/ / for values %extra;
    my $confirmed = $told->can('callback_confirmed') ? $told->callback_confirmed : undef;
    return {
        oauth_token              => $told->token,
        oauth_token_secret       => $told->token_secret,
        oauth_callback_confirmed => $confirmed,
        %extra,
    };
}

sub perform {
    my $job = shift;
    my $message = message($job);
    my ($url, %headers, $body) = ($job->{base} . $job->{path});
    if ($job->{place} eq 'query') {
        $url = $message->to_url;
    }
    elsif ($job->{place} eq 'body') {
        $body = $message->to_post_body;
    }
    else {
        $headers{Authorization} = $message->to_authorization_header($job->{realm});
        $url .= '?' . pairs($job->{query}) if %{ $job->{query} };
        $body = pairs($job->{form}) if $job->{form};
    }
    $headers{'Content-Type'} = 'application/x-www-form-urlencoded' if defined $body;
    my $http = HTTP::Tiny->new(keep_alive => 0, timeout => 30);
    my $answer = $http->request($job->{verb}, "$url", { headers => \%headers, content => $body // '' });
    my $told = $job->{call} ne 'send' && $answer->{success} ? told($job, $answer->{content}) : {};
    return { status => 0 + $answer->{status}, text => decode('UTF-8', $answer->{content}), told => $told };
}

$| = 1;
while (my $line = <STDIN>) {
    my $answer = eval { perform($json->decode($line)) } || { error => "$@" };
    print $json->encode($answer), "\n";
}
