// A client of 2010 on HttpURLConnection: a header, forms for POST, DELETE by method= in a GET, XML by the DOM.
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class OldUrlConnection {
    static final String API = "http://api.netflix.com";
    static final String KEY = System.getenv("MOCK_NETFLIX_CONSUMER_KEY");
    static final String SECRET = System.getenv("MOCK_NETFLIX_CONSUMER_SECRET");
    static String token = "";
    static String tokenSecret = "";

    static String escape(String text) throws Exception {
        return URLEncoder.encode(text, "UTF-8").replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    static String joined(Map<String, String> values, String between, String mark) throws Exception {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, String> one : values.entrySet()) {
            pairs.add(escape(one.getKey()) + "=" + mark + escape(one.getValue()) + mark);
        }
        return String.join(between, pairs);
    }

    static String authorization(String verb, String url, Map<String, String> parameters) throws Exception {
        Map<String, String> values = new TreeMap<>();
        values.put("oauth_consumer_key", KEY);
        values.put("oauth_nonce", Long.toString(System.nanoTime()));
        values.put("oauth_signature_method", "HMAC-SHA1");
        values.put("oauth_timestamp", Long.toString(System.currentTimeMillis() / 1000));
        values.put("oauth_version", "1.0");
        if (!token.isEmpty()) {
            values.put("oauth_token", token);
        }
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(parameters);
        String base = verb + "&" + escape(url) + "&" + escape(joined(all, "&", ""));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec((escape(SECRET) + "&" + escape(tokenSecret)).getBytes("UTF-8"), "HmacSHA1"));
        values.put("oauth_signature", Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes("UTF-8"))));
        return "OAuth realm=\"\", " + joined(values, ", ", "\"");
    }

    static byte[] read(String url, String header, String form) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        if (header != null) {
            connection.setRequestProperty("Authorization", header);
        }
        if (form != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(form.getBytes("UTF-8"));
        }
        if (connection.getResponseCode() >= 300) {
            throw new IOException(connection.getResponseCode() + " " + url);
        }
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }

    static String text(String url) throws Exception {
        return new String(read(url, null, null), "UTF-8");
    }

    static byte[] send(String verb, String url, String... pairs) throws Exception {
        Map<String, String> parameters = new TreeMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            parameters.put(pairs[at], pairs[at + 1]);
        }
        boolean posted = verb.equals("POST");
        if (verb.equals("DELETE")) {
            parameters.put("method", verb);
        }
        String header = authorization(posted ? "POST" : "GET", url, parameters);
        String sent = joined(parameters, "&", "");
        return posted ? read(url, header, sent) : read(sent.isEmpty() ? url : url + "?" + sent, header, null);
    }

    static Element root(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    }

    static Element call(String verb, String url, String... pairs) throws Exception {
        return root(send(verb, url, pairs));
    }

    static Element first(Element from, String name) {
        return (Element) from.getElementsByTagName(name).item(0);
    }

    static Map<String, String> take(String path) throws Exception {
        Map<String, String> told = new HashMap<>();
        for (String pair : new String(send("GET", API + path), "UTF-8").split("&")) {
            String[] parts = pair.split("=");
            told.put(parts[0], URLDecoder.decode(parts[1], "UTF-8"));
        }
        token = told.get("oauth_token");
        tokenSecret = told.get("oauth_token_secret");
        return told;
    }

    static String attribute(String name, String tag) {
        Matcher found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1).replace("&quot;", "\"").replace("&amp;", "&") : "";
    }

    static void logIn(Map<String, String> told) throws Exception {
        String url = told.get("login_url") + "&oauth_consumer_key=" + KEY + "&application_name="
            + escape(told.get("application_name")) + "&oauth_callback=";
        Matcher form = Pattern.compile("(?s)<form.*?</form>").matcher(text(url));
        form.find();
        Map<String, String> fields = new TreeMap<>();
        Matcher input = Pattern.compile("<input[^>]*>").matcher(form.group());
        while (input.find()) {
            fields.put(attribute("name", input.group()), attribute("value", input.group()));
        }
        if (fields.replace("login", System.getenv("MOCK_NETFLIX_LOGIN")) == null
            || fields.replace("password", System.getenv("MOCK_NETFLIX_PASSWORD")) == null) {
            throw new IOException(form.group());
        }
        String action = new URL(new URL(url), attribute("action", form.group())).toString();
        String said = new String(read(action, null, joined(fields, "&", "")), "UTF-8");
        if (!said.contains("successfully")) {
            throw new IOException(said);
        }
    }

    static String names(String queue) throws Exception {
        NodeList items = call("GET", queue, "max_results", "500").getElementsByTagName("queue_item");
        List<String> names = new ArrayList<>();
        for (int at = 0; at < items.getLength(); at++) {
            names.add("\"" + first((Element) items.item(at), "title").getAttribute("regular") + "\"");
        }
        return "[" + String.join(", ", names) + "]";
    }

    static int atomFeeds(NodeList links) throws Exception {
        int count = 0;
        for (int at = 0; at < links.getLength(); at++) {
            Element feed = root(read(((Element) links.item(at)).getAttribute("href"), null, null));
            if ("http://www.w3.org/2005/Atom".equals(feed.getNamespaceURI())) {
                count++;
            }
        }
        return count;
    }

    static String alternate(NodeList links) {
        for (int at = 0; at < links.getLength(); at++) {
            Element link = (Element) links.item(at);
            if (link.getAttribute("rel").equals("alternate")) {
                return link.getAttribute("href");
            }
        }
        return null;
    }

    public static void main(String[] arguments) throws Exception {
        String clock = call("GET", API + "/oauth/clock/time").getTextContent().trim();
        logIn(take("/oauth/request_token"));
        String user = take("/oauth/access_token").get("user_id");
        String queue = API + "/users/" + user + "/queues/disc";
        String before = names(queue);
        Element title = first(call("GET", API + "/catalog/titles", "term", "strangelove", "max_results", "1"), "catalog_title");
        String id = first(title, "id").getTextContent();
        Element added = call("POST", queue, "title_ref", id);
        Element moved = call("POST", queue, "title_ref", id, "position", "1");
        String then = names(queue);
        send("DELETE", first(first(moved, "queue_item"), "id").getTextContent());
        String after = names(queue);
        int feeds = atomFeeds(call("GET", API + "/users/" + user + "/feeds").getElementsByTagName("link"));
        byte[] poster = read(first(title, "box_art").getAttribute("large"), null, null);
        boolean page = text(alternate(title.getElementsByTagName("link"))).contains("<html");
        int releases = root(read("http://rss.netflix.com/NewReleasesRSS", null, null)).getElementsByTagName("item").getLength();
        System.out.printf("{\"clock\": %s, \"user_id\": \"%s\", \"before\": %s, \"added\": %s, \"moved\": %s, \"after\": %s, ",
            clock, user, before, first(added, "position").getTextContent(), then, after);
        System.out.printf("\"feeds\": %d, \"poster\": \"%02x%02x%02x\", \"page\": %b, \"releases\": %d}%n",
            feeds, poster[0], poster[1], poster[2], page, releases);
    }
}
