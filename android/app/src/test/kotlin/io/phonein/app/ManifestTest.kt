package io.phonein.app

import io.phonein.app.bluetooth.BluetoothPermission
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** What the manifest says against what the code does. That all it names in resources is there, aapt2 has seen to. */
class ManifestTest {
    private val manifest = Files.xml("src/main/AndroidManifest.xml")
    private val application = manifest.all("application").single()
    private val permissions = manifest.all("uses-permission").associateBy { it.android("name").removePrefix("android.permission.") }

    @Test
    fun `every class it names is there`() {
        val named = listOf("activity", "service", "receiver", "provider", "application").flatMap(manifest::all)
        assertEquals(5, named.size)
        for (element in named) Class.forName(element.android("name"), false, javaClass.classLoader)
        val alias = manifest.all("activity-alias").single()
        assertEquals(Arrival.OPEN_ENTRANCE to MainActivity::class.java.name, alias.android("name") to alias.android("targetActivity"))
    }

    @Test
    fun `only the app itself and the tile are for others, and a door opens for none of them`() {
        val components = listOf("activity", "activity-alias", "service", "receiver", "provider").flatMap(manifest::all)
        val isOpen = components.filter { it.android("exported") != "false" }.map { it.android("name").substringAfterLast('.') }
        assertEquals(listOf("MainActivity", "EntranceTile"), isOpen)
        val tile = manifest.all("service").single()
        assertEquals("android.permission.BIND_QUICK_SETTINGS_TILE", tile.android("permission"))
    }

    @Test
    fun `every permission the code names is asked for`() {
        val named = Regex("""permission\.([A-Z_]+)""").findAll(Files.kotlin).map { it.groupValues[1] }.toSet()
        assertTrue("$named", named.containsAll(setOf("BLUETOOTH_SCAN", "CAMERA", "ACCESS_FINE_LOCATION")))
        assertEquals(emptySet<String>(), named - permissions.keys)
    }

    @Test
    fun `what Bluetooth needs on a version is declared for that version`() {
        for (sdk in 26..35) {
            for (name in BluetoothPermission(sdk).names) {
                val most = checkNotNull(permissions[name.removePrefix("android.permission.")]).android("maxSdkVersion")
                assertTrue("$name on $sdk", most.isEmpty() || sdk <= most.toInt())
            }
        }
        assertEquals("neverForLocation", permissions.getValue("BLUETOOTH_SCAN").android("usesPermissionFlags"))
        assertEquals("30", permissions.getValue("ACCESS_FINE_LOCATION").android("maxSdkVersion"))
    }

    @Test
    fun `no phone is left out for want of hardware`() =
        assertEquals(setOf("false"), manifest.all("uses-feature").map { it.android("required") }.toSet())

    @Test
    fun `links of the one host are for the app, and of no scheme of its own`() {
        val view = manifest.all("intent-filter").single { it.android("autoVerify") == "true" }
        val kinds = listOf("scheme", "host", "path")
        val said = view.all("data").flatMap { data -> kinds.map { it to data.android(it) } }.filter { it.second.isNotEmpty() }
        assertEquals(listOf("scheme" to "https", "host" to "@string/link_host", "path" to "/k"), said)
        assertEquals(1, manifest.all("data").count { it.android("scheme").isNotEmpty() })
    }

    @Test
    fun `nothing is backed up`() {
        assertEquals("false", application.android("allowBackup"))
        val everything = setOf("root", "file", "database", "sharedpref", "external")
        val rules = Files.xml("src/main/res/xml/data_extraction.xml")
        for (way in listOf("cloud-backup", "device-transfer")) {
            val excluded = rules.all(way).single().all("exclude")
            assertEquals(way, everything, excluded.filter { it.getAttribute("path") == "." }.map { it.getAttribute("domain") }.toSet())
        }
        val old = Files.xml("src/main/res/xml/full_backup.xml").all("exclude")
        assertEquals(everything, old.map { it.getAttribute("domain") }.toSet())
    }
}
